package dev.muster.standalone;

import dev.muster.infrastructure.EmbeddedKafka;
import dev.muster.standalone.Invocation.Up;
import dev.muster.web.health.ReadinessCheck;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** One run of the platform: servers and services up, and down again in the reverse order. */
final class Platform {

  private static final Logger log = LoggerFactory.getLogger(Platform.class);
  private static final int STOP_SECONDS = 15;

  private final DataFolder data;
  private final Console console;
  private final EmbeddedServers servers;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private volatile @Nullable ConfigurableApplicationContext context;

  private Platform(DataFolder data, Console console, EmbeddedServers servers) {
    this.data = data;
    this.console = console;
    this.servers = servers;
  }

  /** Returns when everything is ready; threads of the services keep the process alive. */
  static void run(Up up, DataFolder data, Console console) {
    long begin = System.nanoTime();
    var environment = Settings.load(up);
    Settings.checkPort(up.port(), address(environment));
    console.say("Starting Muster with the data in " + data.path());
    var key = adminKey(environment, data);
    var platform = new Platform(data, console, EmbeddedServers.start(data, environment, console));
    Runtime.getRuntime().addShutdownHook(new Thread(platform::stop, "stop"));
    if (platform.start(environment)) {
      console.say("Ready in %s".formatted(Console.seconds(begin)));
      Greeting.lines(up, key).forEach(console::say);
      platform.detachIfAsked();
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
      context = started;
      console.took("services", begin);
      new ReadyWait(
              started.getBeansOfType(ReadinessCheck.class).values().stream().toList(), console)
          .await();
      var unused = EmbeddedKafka.fault().thenAccept(this::giveUp);
      return !stopping.get();
    } catch (RuntimeException e) {
      log.error("Muster does not start", e);
      giveUp(Failures.line(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private void giveUp(String why) {
    if (!stopping.get()) {
      console.fail(why);
      System.exit(1);
    }
  }

  /** Closes the terminal's streams, which tells the script that waits that all is ready. */
  private void detachIfAsked() {
    if (Boolean.getBoolean("muster.detached")) {
      console.out().close();
      console.err().close();
    }
  }

  private void stop() {
    if (!stopping.compareAndSet(false, true)) {
      return;
    }
    Thread.ofPlatform().daemon().name("stop-deadline").start(Platform::haltAfterDeadline);
    var running = context;
    if (running != null) {
      console.say("Stopping …");
      running.close();
    }
    servers.close();
    try {
      data.close();
    } catch (IOException e) {
      log.warn("the data folder could not be released", e);
    }
    if (running != null) {
      console.say("Stopped. Instances on this machine go on running.");
    }
  }

  private static void haltAfterDeadline() {
    try {
      Thread.sleep(STOP_SECONDS * 1000L);
      log.error("not everything stopped within {} s; the next start recovers it", STOP_SECONDS);
      Runtime.getRuntime().halt(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static @Nullable AdminKey adminKey(ConfigurableEnvironment environment, DataFolder data) {
    if (environment.containsProperty("muster.api-key")) {
      return null;
    }
    var key = AdminKey.in(data);
    environment
        .getPropertySources()
        .addLast(new MapPropertySource("admin key", Map.of("muster.api-key", key.text())));
    return key;
  }

  private static InetAddress address(ConfigurableEnvironment environment) {
    var name = environment.getProperty("muster.address", "127.0.0.1");
    try {
      return InetAddress.getByName(name);
    } catch (UnknownHostException e) {
      throw new StartException("muster.address '%s' is no address".formatted(name), e);
    }
  }
}
