package dev.muster.standalone;

import dev.muster.events.kafka.KafkaSettings;
import dev.muster.infrastructure.EmbeddedKafka;
import dev.muster.infrastructure.EmbeddedPostgres;
import dev.muster.infrastructure.MongoWireServer;
import dev.muster.infrastructure.ServerLogin;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.PropertyResolver;
import org.springframework.core.env.PropertySource;

/**
 * The servers that are not given by settings, started at once and beside each other. Whoever asks
 * for the address of one waits until it is up.
 */
final class EmbeddedServers implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EmbeddedServers.class);

  private final Console console;
  private final Map<String, Supplier<String>> addresses = new HashMap<>();
  private final Deque<CompletableFuture<? extends AutoCloseable>> started = new ArrayDeque<>();

  private EmbeddedServers(Console console) {
    this.console = console;
  }

  /** Those that are not given. */
  static EmbeddedServers start(DataFolder data, PropertyResolver given, Console console) {
    var servers = new EmbeddedServers(console);
    var ports = ServerPorts.ANY;
    if (!given.containsProperty("muster.postgresql.url")) {
      servers.startPostgres(data, ports.postgresql());
    }
    if (!given.containsProperty("muster.kafka.bootstrap-servers")) {
      servers.startKafka(data, ports.kafka(), partitions(given));
    }
    if (!given.containsProperty("muster.mongodb.uri")) {
      servers.startMongo(data, ports.mongodb());
    }
    return servers;
  }

  /** All of them, whatever is given. */
  static EmbeddedServers all(DataFolder data, ServerPorts ports, int partitions, Console console) {
    var servers = new EmbeddedServers(console);
    servers.startPostgres(data, ports.postgresql());
    servers.startKafka(data, ports.kafka(), partitions);
    servers.startMongo(data, ports.mongodb());
    return servers;
  }

  static int partitions(PropertyResolver given) {
    return given.getProperty("muster.kafka.partitions", Integer.class, 64);
  }

  /** Where one of them is; waits until it is up. */
  String address(String property) {
    return Objects.requireNonNull(addresses.get(property), property).get();
  }

  /** Settings that say where the servers are. */
  PropertySource<?> addresses() {
    return new LazyPropertySource("embedded servers", addresses);
  }

  private void startPostgres(DataFolder data, int port) {
    var server =
        starting("PostgreSQL", () -> EmbeddedPostgres.start(data.resolve("postgresql"), port));
    address("muster.postgresql.url", server, EmbeddedPostgres::jdbcUrl);
    address("muster.postgresql.username", server, EmbeddedPostgres::username);
    address("muster.postgresql.password", server, EmbeddedPostgres::password);
  }

  private void startKafka(DataFolder data, int port, int partitions) {
    var login = login(data);
    var server =
        starting(
            "Kafka",
            () -> {
              var kafka = EmbeddedKafka.start(data.resolve("kafka"), port, login);
              TopicSetup.run(
                  KafkaSettings.of(
                      kafka.bootstrapServers(), partitions, login.username(), login.password()));
              return kafka;
            });
    address("muster.kafka.bootstrap-servers", server, EmbeddedKafka::bootstrapServers);
    addresses.put("muster.kafka.username", login::username);
    addresses.put("muster.kafka.password", login::password);
  }

  private void startMongo(DataFolder data, int port) {
    var login = login(data);
    var server =
        starting("Mongo", () -> MongoWireServer.start(port, data.resolve("mongodb"), login));
    address("muster.mongodb.uri", server, mongo -> mongo.uri("muster"));
  }

  private static ServerLogin login(DataFolder data) {
    return new ServerLogin("muster", SecretFile.ofServers(data));
  }

  private <T> void address(
      String property, CompletableFuture<T> server, Function<T, String> address) {
    addresses.put(property, () -> address.apply(server.join()));
  }

  private <T extends AutoCloseable> CompletableFuture<T> starting(String name, Supplier<T> start) {
    var server = new CompletableFuture<T>();
    long begin = System.nanoTime();
    Runnable task =
        () -> {
          try {
            server.complete(start.get());
            console.took(name, begin);
          } catch (RuntimeException | Error e) {
            server.completeExceptionally(e);
          }
        };
    Thread.ofPlatform().name("start-" + name).daemon().start(task);
    started.push(server);
    return server;
  }

  /** Stops them, the last started first; one that is still starting is waited for. */
  @Override
  public void close() {
    started.forEach(EmbeddedServers::close);
  }

  private static void close(CompletableFuture<? extends AutoCloseable> starting) {
    try {
      starting.join().close();
    } catch (CompletionException e) {
      // It never came up, and whoever needed it has said so.
      log.debug("nothing to stop", e);
    } catch (Exception e) {
      log.warn("a server did not stop cleanly; the next start recovers it", e);
    }
  }
}
