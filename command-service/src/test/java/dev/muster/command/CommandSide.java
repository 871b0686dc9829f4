package dev.muster.command;

import static org.awaitility.Awaitility.await;

import dev.muster.infrastructure.EmbeddedKafka;
import dev.muster.infrastructure.TestServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Replicas of the service, ready, on a broker and a database of their own; the rest is played. */
record CommandSide(
    EmbeddedKafka kafka,
    RestOfThePlatform rest,
    String database,
    List<RunningCommandService> replicas)
    implements AutoCloseable {

  static CommandSide start(Path folder, int count) throws Exception {
    var kafka = EmbeddedKafka.start(folder, 0);
    var rest = RestOfThePlatform.start(kafka.bootstrapServers());
    var database = TestServers.shared().postgres().newDatabase();
    var replicas = new ArrayList<RunningCommandService>();
    for (int i = 0; i < count; i++) {
      replicas.add(RunningCommandService.start(kafka.bootstrapServers(), database));
    }
    for (var replica : replicas) {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> replica.get("/healthz").statusCode() == 200);
    }
    return new CommandSide(kafka, rest, database, List.copyOf(replicas));
  }

  /** The only replica, or the first one. */
  RunningCommandService service() {
    return replicas.getFirst();
  }

  /** Another one than {@link #service()}. */
  RunningCommandService another() {
    return replicas.getLast();
  }

  @Override
  public void close() throws Exception {
    replicas.forEach(RunningCommandService::close);
    rest.close();
    kafka.close();
  }
}
