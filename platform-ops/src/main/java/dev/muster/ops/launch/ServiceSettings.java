package dev.muster.ops.launch;

import static java.util.stream.Collectors.toMap;
import static org.springframework.core.env.StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.support.ResourcePropertySource;

/**
 * The settings of a service's run. Later ones fill what earlier ones leave open: the command line,
 * system properties, the environment, the env file, the configuration file, defaults.
 */
final class ServiceSettings {

  private static final Map<String, String> COMMON =
      Map.of(
          "--env", "MUSTER_ENV_FILE", "--config", "MUSTER_CONFIG", "--ops-port", "MUSTER_OPS_PORT");

  /** Any setting may be given by its own name, as in {@code --muster.default-region=x}. */
  private static final Pattern SETTING = Pattern.compile("--([a-z][^=]*\\.[^=]*)=(.*)");

  private static final Map<String, Object> DEFAULTS =
      Map.of(
          "spring.main.banner-mode", "off",
          "spring.jmx.enabled", "false",
          "spring.threads.virtual.enabled", "true",
          "spring.lifecycle.timeout-per-shutdown-phase", "5s",
          "logging.config", "classpath:" + ServiceLog.CONFIGURATION,
          "server.address", "${muster.address:127.0.0.1}",
          "server.shutdown", "graceful");

  private ServiceSettings() {}

  static ConfigurableEnvironment load(
      ServiceProgram program, List<String> arguments, Map<String, String> environment) {
    var known = known(program);
    var title = "service " + program.name();
    var words =
        arguments.stream().filter(argument -> !SETTING.matcher(argument).matches()).toList();
    var file =
        Options.read(title, words, known, environment)
            .path("--env")
            .map(EnvFile::read)
            .orElse(Map.of());
    var variables = new HashMap<>(file);
    variables.putAll(environment);
    var options = Options.read(title, words, known, variables);
    var commandLine = commandLine(program, options);
    commandLine.putAll(settings(arguments));
    return compose(program, commandLine, options, variables);
  }

  private static Map<String, String> settings(List<String> arguments) {
    return arguments.stream()
        .map(SETTING::matcher)
        .filter(Matcher::matches)
        .collect(toMap(setting -> setting.group(1), setting -> setting.group(2), (_, b) -> b));
  }

  private static Map<String, String> known(ServiceProgram program) {
    var known = new HashMap<>(COMMON);
    if (program.hasClients()) {
      known.put("--port", "MUSTER_PORT");
    } else {
      known.put("--name", "MUSTER_WORKER_NAME");
    }
    return known;
  }

  private static ConfigurableEnvironment compose(
      ServiceProgram program,
      Map<String, Object> commandLine,
      Options options,
      Map<String, String> variables) {
    var environment = new StandardEnvironment();
    var sources = environment.getPropertySources();
    sources.addFirst(new MapPropertySource("command line", commandLine));
    sources.replace(
        SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
        new SystemEnvironmentPropertySource(
            SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.copyOf(variables)));
    options.path("--config").map(ConfigFile::read).ifPresent(all -> all.forEach(sources::addLast));
    sources.addLast(new MapPropertySource("launcher defaults", DEFAULTS));
    sources.addLast(defaults(program));
    return environment;
  }

  private static PropertySource<?> defaults(ServiceProgram program) {
    try {
      return new ResourcePropertySource("service defaults", "classpath:" + program.defaults());
    } catch (IOException e) {
      throw new UncheckedIOException("the program is not whole", e);
    }
  }

  private static Map<String, Object> commandLine(ServiceProgram program, Options options) {
    var values = new HashMap<String, Object>();
    values.put("muster.ops.port", options.portOrAny("--ops-port", program.opsPort()));
    if (program.hasClients()) {
      values.put("server.port", options.portOrAny("--port", program.port()));
    }
    options.text("--name").ifPresent(name -> values.put("muster.worker.name", name));
    return values;
  }
}
