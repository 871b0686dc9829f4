package dev.muster.command;

import static org.awaitility.Awaitility.await;

import dev.muster.command.RestOfThePlatform.Hosts;
import dev.muster.infrastructure.EmbeddedKafka;
import dev.muster.infrastructure.TestServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.util.FileSystemUtils;

/**
 * Replicas of the service, ready, on a broker and a database of their own, for all tests of a
 * class. The rest of the platform is played; before each test it does what it is asked.
 */
final class CommandSide implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

  private final int count;
  private final String[] settings;
  private @Nullable Running running;

  CommandSide(int replicas, String... settings) {
    this.count = replicas;
    this.settings = settings;
  }

  private record Running(
      Path folder,
      EmbeddedKafka kafka,
      RestOfThePlatform rest,
      String database,
      List<RunningCommandService> replicas) {}

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    start();
  }

  void start() throws Exception {
    var folder = Files.createTempDirectory("command-side");
    var kafka = EmbeddedKafka.start(folder, 0);
    var rest = RestOfThePlatform.start(kafka.bootstrapServers());
    var postgres = TestServers.shared().postgres();
    var database = postgres.newDatabase();
    var replicas = new ArrayList<RunningCommandService>();
    for (int i = 0; i < count; i++) {
      replicas.add(
          RunningCommandService.start(
              kafka.bootstrapServers(),
              database,
              postgres.username(),
              postgres.password(),
              settings));
    }
    running = new Running(folder, kafka, rest, database, List.copyOf(replicas));
    for (var replica : replicas) {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> replica.get("/healthz").statusCode() == 200);
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    rest().hosts(Hosts.OBEY);
    rest().readSideUp(true);
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    stop();
  }

  void stop() throws Exception {
    running().replicas().forEach(RunningCommandService::close);
    rest().close();
    running().kafka().close();
    FileSystemUtils.deleteRecursively(running().folder());
  }

  /** The only replica, or the first one. */
  RunningCommandService service() {
    return running().replicas().getFirst();
  }

  /** Another one than {@link #service()}. */
  RunningCommandService another() {
    return running().replicas().getLast();
  }

  RestOfThePlatform rest() {
    return running().rest();
  }

  String broker() {
    return running().kafka().bootstrapServers();
  }

  String database() {
    return running().database();
  }

  private Running running() {
    return Objects.requireNonNull(running, "it runs for the tests of a class");
  }
}
