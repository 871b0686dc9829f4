package dev.muster.command.start;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.core.env.Environment;

/** Reads settings, and says what is wrong with them in words for operators. */
public final class RequiredSettings {

  private RequiredSettings() {}

  /**
   * @param prefix of the settings, such as {@code muster.kafka}
   * @param required full names of those that have no default
   * @throws CannotStartException that names the setting which is missing or senseless
   */
  public static <T> T read(
      Environment environment, String prefix, Class<T> type, String... required) {
    for (var name : required) {
      require(environment, name);
    }
    try {
      return Binder.get(environment).bind(prefix, type).get();
    } catch (BindException e) {
      throw new CannotStartException(explained(e), e);
    }
  }

  /**
   * @throws CannotStartException when the setting is missing or empty
   */
  public static void require(Environment environment, String name) {
    var value = environment.getProperty(name);
    if (value == null || value.isBlank()) {
      throw new CannotStartException(
          "%s (%s) is missing".formatted(name, environmentVariable(name)));
    }
  }

  private static String environmentVariable(String name) {
    return name.replace('-', '_').replace('.', '_').toUpperCase(Locale.ROOT);
  }

  /** The records word it themselves; what has the wrong type never reaches them. */
  private static String explained(BindException e) {
    return causes(e)
        .filter(ConversionFailedException.class::isInstance)
        .map(ConversionFailedException.class::cast)
        .map(
            failure ->
                "%s is '%s'; it takes %s"
                    .formatted(e.getName(), failure.getValue(), wanted(failure)))
        .findFirst()
        .orElseGet(
            () -> {
              var cause = causes(e).reduce((_, inner) -> inner).orElse(e);
              return Objects.requireNonNullElse(cause.getMessage(), cause.toString());
            });
  }

  private static String wanted(ConversionFailedException failure) {
    var type = failure.getTargetType().getObjectType();
    if (type == Duration.class) {
      return "a duration such as 30s";
    }
    return Number.class.isAssignableFrom(type) ? "a whole number" : type.getSimpleName();
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
  }
}
