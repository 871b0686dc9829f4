package dev.muster.query.projection;

import static org.awaitility.Awaitility.await;

import dev.muster.events.codec.Json;
import dev.muster.events.kafka.Topics;
import dev.muster.events.progress.ProjectionProgress;
import dev.muster.query.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Reads what the read side says of itself. */
final class ProgressReader implements AutoCloseable {

  private static final TopicPartition PROGRESS = new TopicPartition(Topics.PROJECTION_PROGRESS, 0);

  private final Consumer<String, byte[]> consumer;
  private final List<ProjectionProgress> heard = new ArrayList<>();

  private ProgressReader(Consumer<String, byte[]> consumer) {
    this.consumer = consumer;
    consumer.assign(List.of(PROGRESS));
  }

  static ProgressReader atBeginning(String bootstrapServers) {
    return new ProgressReader(Topic.clients(bootstrapServers).reader("test-progress"));
  }

  static ProgressReader atEnd(String bootstrapServers) {
    var reader = atBeginning(bootstrapServers);
    reader.consumer.seekToEnd(List.of(PROGRESS));
    reader.consumer.position(PROGRESS);
    return reader;
  }

  void awaitVersion(String instanceId, long version) {
    await()
        .pollDelay(Duration.ZERO)
        .until(
            () ->
                poll().stream()
                    .anyMatch(said -> said.versions().getOrDefault(instanceId, 0L) == version));
  }

  /** Everything heard so far. */
  List<ProjectionProgress> poll() {
    consumer
        .poll(Duration.ofMillis(100))
        .forEach(record -> heard.add(Json.read(record.value(), ProjectionProgress.class)));
    return List.copyOf(heard);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
