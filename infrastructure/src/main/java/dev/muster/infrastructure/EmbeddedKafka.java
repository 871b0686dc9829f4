package dev.muster.infrastructure;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.internals.Exit;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.metrics.KafkaYammerMetrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A real KRaft broker in this JVM, on loopback, over a log folder that is kept. */
public final class EmbeddedKafka implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EmbeddedKafka.class);
  private static final CompletableFuture<String> FAULT = new CompletableFuture<>();

  private final BrokerSettings settings;
  private final KafkaRaftServer server;

  private EmbeddedKafka(BrokerSettings settings, KafkaRaftServer server) {
    this.settings = settings;
    this.server = server;
  }

  /**
   * Starts on the log in the folder, which is made when missing, and returns when the broker takes
   * requests, of anybody. The port may differ from start to start.
   *
   * @param port on 127.0.0.1, 0 for any that is free
   * @throws ServerStartException when it cannot be started, saying why
   */
  public static EmbeddedKafka start(Path folder, int port) {
    return start(folder, port, Optional.empty());
  }

  /** The same, for that user alone. */
  public static EmbeddedKafka start(Path folder, int port, ServerLogin login) {
    return start(folder, port, Optional.of(login));
  }

  private static EmbeddedKafka start(Path folder, int port, Optional<ServerLogin> login) {
    QuietLoggers.atWarn("kafka", "org.apache.kafka", "state.change.logger");
    // On a first start every client asks for the broker's own topics until they are there.
    QuietLoggers.atError("org.apache.kafka.server.DefaultAutoTopicCreationManager");
    keepTheJvm();
    stopMeterTicks();
    var settings =
        new BrokerSettings(folder.toAbsolutePath(), FreePort.orGiven(port), FreePort.any(), login);
    try {
      format(settings.folder());
      var server = new KafkaRaftServer(new KafkaConfig(settings.toMap(), false), Time.SYSTEM);
      server.startup();
      return new EmbeddedKafka(settings, server);
    } catch (Exception e) {
      throw new ServerStartException(
          "Kafka does not start on port %d: %s".formatted(settings.port(), e.getMessage()), e);
    }
  }

  /** Completed, with what it said, when a broker of this JVM wanted to end the process. */
  public static CompletableFuture<String> fault() {
    return FAULT;
  }

  public String bootstrapServers() {
    return settings.bootstrapServers();
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  private static void format(Path folder) throws Exception {
    Folders.ownerOnly(folder);
    if (Files.exists(folder.resolve("meta.properties"))) {
      return;
    }
    new Formatter()
        .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(BrokerSettings.NODE_ID)
        .setControllerListenerName(BrokerSettings.CONTROLLER)
        .addDirectory(folder.toString())
        .setMetadataLogDirectory(folder.toString())
        .run();
  }

  // Rates that nobody reads: a timer for each, some two hundred, every five seconds. Their pool
  // goes
  // on without threads when it is given none.
  private static void stopMeterTicks() {
    if (KafkaYammerMetrics.defaultRegistry().newScheduledThreadPool(1, "meter-tick")
        instanceof ScheduledThreadPoolExecutor ticks) {
      ticks.setThreadFactory(_ -> null);
      ticks.setRemoveOnCancelPolicy(true);
    }
  }

  /** Kafka ends its process on a fault it cannot handle. This process is not its own. */
  private static void keepTheJvm() {
    Exit.Procedure report =
        (status, message) -> {
          log.error("the embedded Kafka gave up status={} message={}", status, message);
          FAULT.complete("Kafka gave up: " + message);
        };
    Exit.setExitProcedure(report);
    Exit.setHaltProcedure(report);
  }
}
