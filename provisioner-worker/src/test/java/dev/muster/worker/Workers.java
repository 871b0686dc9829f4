package dev.muster.worker;

import static org.awaitility.Awaitility.await;

import dev.muster.events.instance.InstanceSpec;
import dev.muster.events.instance.RestartPolicy;
import dev.muster.events.kafka.TestKafka;
import dev.muster.events.kafka.Topics;
import dev.muster.events.worker.WorkerReport;
import dev.muster.infrastructure.TestServers;
import dev.muster.ops.ready.ReadinessCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Workers of one region with one process host, whose folder is the judge of what was done. */
public final class Workers implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final EventTopic topic;
  private final String region;
  private final Path data;
  private final List<ConfigurableApplicationContext> here = new ArrayList<>();
  private final List<Process> apart = new ArrayList<>();

  public Workers(EventTopic topic, String region, Path data) {
    this.topic = topic;
    this.region = region;
    this.data = data;
  }

  /** A worker in this JVM that has joined. */
  ConfigurableApplicationContext join(String name, String... more) {
    var context = start(name, more);
    var readiness = context.getBean(ReadinessCheck.class);
    await().atMost(PATIENCE).until(() -> readiness.missing().isEmpty());
    return context;
  }

  /** A worker in this JVM that is on its way. */
  ConfigurableApplicationContext start(String name, String... more) {
    return start(new SpringApplication(ProvisionerWorkerConfiguration.class), name, more);
  }

  ConfigurableApplicationContext start(SpringApplication application, String name, String... more) {
    var arguments = settings(name, more).stream().map(setting -> "--" + setting);
    var context = application.run(arguments.toArray(String[]::new));
    here.add(context);
    return context;
  }

  /** A worker as the process that operators start. */
  Process apart(String name) throws IOException {
    var settings = settings(name).stream().map(setting -> "-D" + setting).toList();
    return program(settings, ProvisionerWorker.class, List.of("--ops-port", "0"), log(name));
  }

  /** Any program, ended with the workers. */
  Process program(Class<?> main, List<String> arguments) throws IOException {
    return program(List.of(), main, arguments, log(main.getSimpleName()));
  }

  private Process program(List<String> properties, Class<?> main, List<String> arguments, Path log)
      throws IOException {
    var classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-Xmx256m", "-cp"));
    command.add(classes);
    command.addAll(properties);
    command.add(main.getName());
    command.addAll(arguments);
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    apart.add(process);
    return process;
  }

  private List<String> settings(String name, String... more) {
    var settings =
        new ArrayList<>(
            List.of(
                "spring.main.banner-mode=off",
                "muster.kafka.bootstrap-servers=" + TestServers.shared().kafka(),
                "muster.records.secret=" + TestKafka.SECRET,
                "muster.kafka.partitions=4",
                "muster.worker.name=" + name,
                "muster.default-region=" + region,
                "muster.hosts-data=" + data.resolve("hosts"),
                "muster.ssh.enabled=false"));
    for (var setting : more) {
      var key = setting.substring(0, setting.indexOf('=') + 1);
      settings.removeIf(given -> given.startsWith(key));
      settings.add(setting);
    }
    return settings;
  }

  Path log(String name) {
    return data.resolve(name + ".log");
  }

  /** What a worker says of itself; empty when it has said nothing, or taken it back. */
  Optional<WorkerReport> report(String name) {
    return Optional.ofNullable(topic.newest(Topics.WORKERS, WorkerReport.class).get(name));
  }

  /** How many partitions a worker says it holds. */
  int partitions(String name) {
    return report(name).map(WorkerReport::partitions).orElse(0);
  }

  /**
   * Whether two have the four partitions between them. With that of the retries there are five to
   * share, so one of the two may have three.
   */
  boolean share(String one, String other) {
    return partitions(one) > 0 && partitions(other) > 0 && partitions(one) + partitions(other) == 4;
  }

  /** An instance that writes a line each time it is started. */
  InstanceSpec spec() {
    var command = List.of("sh", "-c", "echo x >> started; exec sleep 600");
    return new InstanceSpec(
        "test", region, null, command, Map.of(), null, null, RestartPolicy.NEVER);
  }

  Path folder(String instance) {
    return data.resolve("hosts/local").resolve(instance);
  }

  /** How often the host has started it. */
  int starts(String instance) throws IOException {
    var started = folder(instance).resolve("work/started");
    return Files.exists(started) ? Files.readAllLines(started).size() : 0;
  }

  /** Ends the workers and every process of theirs. */
  @Override
  public void close() throws Exception {
    here.forEach(ConfigurableApplicationContext::close);
    for (var process : apart) {
      process.destroyForcibly().waitFor();
    }
    var hosts = data.resolve("hosts/local");
    if (Files.exists(hosts)) {
      HostSweep.sweep(hosts);
    }
  }
}
