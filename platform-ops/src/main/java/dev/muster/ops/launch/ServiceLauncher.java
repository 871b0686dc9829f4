package dev.muster.ops.launch;

import dev.muster.ops.server.OpsPortException;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Runs a service as a process: exit status 0 when it was asked to stop, 1 when it could not start,
 * with a line for each reason on standard error.
 */
public final class ServiceLauncher {

  private ServiceLauncher() {}

  public static void run(ServiceProgram program, String[] arguments) {
    CarrierThreads.prepare();
    ServiceLog.prepare(program.name());
    if (List.of(arguments).contains("--help") || List.of(arguments).contains("-h")) {
      System.out.println(program.usage());
      return;
    }
    var failures =
        new Failures(
            Stream.concat(program.plain().stream(), Stream.of(OpsPortException.class)).toList());
    try {
      var environment = ServiceSettings.load(program, List.of(arguments), System.getenv());
      verify(program, environment, failures);
      start(program, environment);
    } catch (RuntimeException e) {
      if (failures.foreseen(e).isEmpty()) {
        LoggerFactory.getLogger(ServiceLauncher.class).error("start_failed", e);
      }
      giveUp(failures.lines(e));
    }
  }

  /** Ends the process because it cannot work as it is configured. May be called by any thread. */
  public static void giveUp(List<String> lines) {
    lines.forEach(line -> System.err.println("muster: " + line));
    ServiceStop.failed();
    // On a thread of its own: the end waits for others, the caller among them.
    Thread.ofPlatform().name("give-up").start(() -> System.exit(1));
  }

  private static void verify(
      ServiceProgram program, ConfigurableEnvironment environment, Failures failures) {
    var check = new SettingsCheck(environment, failures);
    check.attempt(() -> ServiceLog.level(environment));
    program.settings().accept(check);
    if (program.hasClients()) {
      checkPort(check, "server.port", "server.address", "muster.address", "--port");
    }
    checkPort(check, "muster.ops.port", "muster.ops.address", "muster.ops.address", "--ops-port");
    check.complete();
  }

  private static void checkPort(
      SettingsCheck check, String port, String address, String addressSetting, String option) {
    var environment = check.environment();
    check.attempt(
        () -> {
          var at = Ports.address(addressSetting, environment.getProperty(address, "127.0.0.1"));
          int number = environment.getRequiredProperty(port, Integer.class);
          if (number > 0) {
            Ports.check(at, number, option);
          }
        });
  }

  private static void start(ServiceProgram program, ConfigurableEnvironment environment) {
    ServiceLog.handOver();
    var application = new SpringApplication(program.application());
    application.setEnvironment(environment);
    application.setRegisterShutdownHook(false);
    var stop = ServiceStop.onSignal();
    var context = application.run();
    stop.whenAsked(context);
    ReadyLogLine.say(program.name(), context);
  }
}
