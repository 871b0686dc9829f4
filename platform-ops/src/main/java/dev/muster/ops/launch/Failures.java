package dev.muster.ops.launch;

import java.io.FileNotFoundException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.BindException;

/**
 * Puts into words why a start failed, without a stack trace.
 *
 * @param plain exceptions whose messages were written for whoever starts the program
 */
public record Failures(List<Class<? extends Throwable>> plain) {

  public Failures {
    plain = List.copyOf(plain);
  }

  /** What the first cause says that was written for the user, or else the innermost one. */
  public List<String> lines(Throwable failure) {
    return foreseen(failure).orElseGet(() -> List.of(firstLine(innermost(failure))));
  }

  /** Empty when nobody has foreseen it, so that its stack trace is worth keeping. */
  public Optional<List<String>> foreseen(Throwable failure) {
    return causes(failure).flatMap(this::explained).findFirst();
  }

  private Stream<List<String>> explained(Throwable cause) {
    return switch (cause) {
      case StartException expected -> Stream.of(expected.lines());
      case BindException setting -> Stream.of(List.of(senseless(setting)));
      // Its message is a path and nothing else.
      case FileNotFoundException file ->
          Stream.of(List.of("a file that the settings name cannot be read: " + firstLine(file)));
      case Throwable other when plain.stream().anyMatch(type -> type.isInstance(other)) ->
          Stream.of(List.of(firstLine(other)));
      case Throwable _ -> Stream.empty();
    };
  }

  /** Settings that check themselves name what is wrong; what has the wrong type cannot. */
  private static String senseless(BindException setting) {
    var why = firstLine(innermost(setting));
    return why.startsWith("muster.")
        ? why
        : "the setting %s is not as it should be: %s".formatted(setting.getName(), why);
  }

  private static Throwable innermost(Throwable failure) {
    return causes(failure).reduce((_, inner) -> inner).orElse(failure);
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
  }

  private static String firstLine(Throwable cause) {
    var message = cause.getMessage();
    return message == null || message.isBlank()
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElseThrow();
  }
}
