package dev.muster.ops.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** Looks at settings before anything is started, and names everything that is wrong at once. */
public final class SettingsCheck {

  private final Environment environment;
  private final Failures failures;
  private final List<String> problems = new ArrayList<>();

  SettingsCheck(Environment environment, Failures failures) {
    this.environment = environment;
    this.failures = failures;
  }

  /**
   * @param what the setting is for, in a few words
   */
  public SettingsCheck require(String name, String what) {
    var value = environment.getProperty(name);
    if (value == null || value.isBlank()) {
      problems.add(
          "%s is missing (%s): set %s, in the environment or in the --env file"
              .formatted(name, what, variable(name)));
    }
    return this;
  }

  /** Reads a record of settings, unless one of them is known to be missing. */
  public SettingsCheck bind(String prefix, Class<?> type) {
    return problems.stream().anyMatch(problem -> problem.startsWith(prefix + "."))
        ? this
        : attempt(() -> Binder.get(environment).bind(prefix, type).get());
  }

  /** Reads settings in any way; what that throws is a problem, said once. */
  public SettingsCheck attempt(Runnable reading) {
    try {
      reading.run();
    } catch (RuntimeException e) {
      failures.lines(e).stream().filter(line -> !problems.contains(line)).forEach(problems::add);
    }
    return this;
  }

  public Environment environment() {
    return environment;
  }

  /** How the setting is called in an environment. */
  static String variable(String name) {
    return name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  void complete() {
    if (!problems.isEmpty()) {
      throw new StartException(problems);
    }
  }
}
