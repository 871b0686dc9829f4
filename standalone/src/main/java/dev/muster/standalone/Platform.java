package dev.muster.standalone;

import dev.muster.events.kafka.RecordMac;
import dev.muster.infrastructure.EmbeddedKafka;
import dev.muster.infrastructure.ServerStartException;
import dev.muster.ops.launch.Failures;
import dev.muster.ops.launch.Ports;
import dev.muster.ops.ready.Readiness;
import dev.muster.ops.server.OpsPortException;
import dev.muster.standalone.Invocation.Up;
import dev.muster.worker.host.HostDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** One run of the platform: servers and services up, and down again in the reverse order. */
final class Platform {

  private static final Logger log = LoggerFactory.getLogger(Platform.class);
  private static final Failures FAILURES =
      new Failures(
          List.of(ServerStartException.class, PortInUseException.class, OpsPortException.class));

  private final Console console;
  private final EmbeddedServers servers;
  private final ServerRun run;

  private Platform(DataFolder data, Console console, EmbeddedServers servers) {
    this.console = console;
    this.servers = servers;
    this.run = ServerRun.begin(data, console, servers);
  }

  /** Returns when everything is ready; threads of the services keep the process alive. */
  static void run(Up up, DataFolder data, Console console) {
    long begin = System.nanoTime();
    var environment = Settings.load(up);
    Ports.check(address(environment), up.port(), "--port");
    console.say("Starting Muster with the data in " + data.path());
    var key = adminKey(environment, data);
    auditKey(environment, data);
    recordsSecret(environment, data);
    var platform = new Platform(data, console, EmbeddedServers.start(data, environment, console));
    if (platform.start(environment)) {
      console.say("Ready in %s".formatted(Console.seconds(begin)));
      var url = url(environment, up.port());
      Greeting.lines(up, url, key, context(up, url, key, console)).forEach(console::say);
      ReadyFile.write();
      console.closeIfDetached();
    }
  }

  /** False when it was stopped, or gave up, before it was ready. */
  private boolean start(ConfigurableEnvironment environment) {
    long begin = System.nanoTime();
    environment.getPropertySources().addLast(servers.addresses());
    try {
      var application = new SpringApplication(StandaloneConfiguration.class);
      application.setEnvironment(environment);
      application.setRegisterShutdownHook(false);
      var started = application.run();
      run.endBefore(started::close);
      console.took("services", begin);
      var hosts = started.getBean(HostDirectory.class).all().stream();
      hosts.flatMap(host -> host.warnings().stream()).forEach(console::say);
      new ReadyWait(started.getBean(Readiness.class), console).await();
      var unused = EmbeddedKafka.fault().thenAccept(why -> run.giveUp(List.of(why)));
      return !run.isStopping();
    } catch (RuntimeException e) {
      log.error("Muster does not start", e);
      run.giveUp(FAILURES.lines(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private static Optional<LocalContext> context(
      Up up, String url, @Nullable AdminKeyFile key, Console console) {
    try {
      return LocalContext.write(System.getenv(), url, up.port(), key);
    } catch (IOException e) {
      log.warn("The context of the command line cannot be written", e);
      console.say("  The command line is not told of this platform: %s".formatted(e.getMessage()));
      return Optional.empty();
    }
  }

  private static @Nullable AdminKeyFile adminKey(
      ConfigurableEnvironment environment, DataFolder data) {
    if (environment.containsProperty("muster.api-key")) {
      return null;
    }
    var key = AdminKeyFile.in(data);
    environment
        .getPropertySources()
        .addLast(new MapPropertySource("admin key", Map.of("muster.api-key", key.text())));
    return key;
  }

  private static void auditKey(ConfigurableEnvironment environment, DataFolder data) {
    if (!environment.containsProperty("muster.audit.key")) {
      environment
          .getPropertySources()
          .addLast(
              new MapPropertySource("audit key", Map.of("muster.audit.key", AuditKey.in(data))));
    }
  }

  private static void recordsSecret(ConfigurableEnvironment environment, DataFolder data) {
    if (!environment.containsProperty(RecordMac.SETTING)) {
      environment
          .getPropertySources()
          .addLast(
              new MapPropertySource(
                  "records secret", Map.of(RecordMac.SETTING, SecretFile.ofRecords(data))));
    }
  }

  private static String url(ConfigurableEnvironment environment, int port) {
    var scheme = environment.containsProperty("server.ssl.certificate") ? "https" : "http";
    return scheme + "://localhost:" + port;
  }

  private static InetAddress address(ConfigurableEnvironment environment) {
    return Ports.address("muster.address", environment.getProperty("muster.address", "127.0.0.1"));
  }
}
