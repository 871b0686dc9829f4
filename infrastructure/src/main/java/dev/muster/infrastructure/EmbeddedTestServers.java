package dev.muster.infrastructure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Real servers on a temporary folder; fsync is off, everything else as in the default set-up. */
record EmbeddedTestServers(
    CompletableFuture<EmbeddedKafka> broker,
    CompletableFuture<PostgresServer> database,
    CompletableFuture<MongoWireServer> mongo)
    implements TestServers {

  static TestServers start() {
    var folder = temporaryFolder();
    var servers =
        new EmbeddedTestServers(
            starting("kafka", () -> EmbeddedKafka.start(folder.resolve("kafka"), 0)),
            starting(
                "postgresql",
                () -> EmbeddedPostgres.startThrowaway(folder.resolve("postgresql"), 0)),
            starting("mongo", () -> MongoWireServer.start(0)));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> servers.stop(folder), "test-servers"));
    return servers;
  }

  @Override
  public String kafka() {
    return broker.join().bootstrapServers();
  }

  @Override
  public PostgresServer postgres() {
    return database.join();
  }

  @Override
  public String mongoUri(String name) {
    return mongo.join().uri(name);
  }

  private void stop(Path folder) {
    try {
      database.join().close();
      broker.join().close();
      mongo.join().close();
    } finally {
      delete(folder);
    }
  }

  private static <T> CompletableFuture<T> starting(String name, Supplier<T> server) {
    var started = new CompletableFuture<T>();
    Thread.ofPlatform()
        .daemon()
        .name("start-" + name)
        .start(
            () -> {
              try {
                started.complete(server.get());
              } catch (RuntimeException | Error e) {
                started.completeExceptionally(e);
              }
            });
    return started;
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("muster-test-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
