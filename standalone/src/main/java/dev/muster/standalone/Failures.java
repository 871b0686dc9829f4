package dev.muster.standalone;

import dev.muster.infrastructure.ServerStartException;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.web.server.PortInUseException;

/** Puts into one line why a start failed. */
final class Failures {

  private Failures() {}

  /** The first cause that was written for the user, or else the innermost one. */
  static String line(Throwable failure) {
    return causes(failure)
        .flatMap(Failures::explained)
        .findFirst()
        .orElseGet(
            () -> firstLine(causes(failure).reduce((outer, inner) -> inner).orElse(failure)));
  }

  private static Stream<String> explained(Throwable cause) {
    return switch (cause) {
      case StartException expected -> Stream.of(firstLine(expected));
      case ServerStartException server -> Stream.of(firstLine(server));
      case PortInUseException port ->
          Stream.of("port %d is taken; choose another with --port".formatted(port.getPort()));
      case BindException setting ->
          Stream.of(
              "the setting %s is not as it should be: %s"
                  .formatted(setting.getName(), firstLine(innermost(setting))));
      default -> Stream.empty();
    };
  }

  private static Throwable innermost(Throwable failure) {
    return causes(failure).reduce((outer, inner) -> inner).orElse(failure);
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
  }

  private static String firstLine(Throwable cause) {
    var message = cause.getMessage();
    return message == null || message.isBlank()
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElseThrow();
  }
}
