package dev.muster.worker;

import static org.awaitility.Awaitility.await;

import dev.muster.events.codec.Json;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.events.log.LogChunk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** What workers have sent of one instance, from now on. */
public final class LogTopic implements AutoCloseable {

  private final Consumer<String, byte[]> reader;
  private final String instanceId;
  private final List<LogChunk> chunks = new ArrayList<>();

  public LogTopic(KafkaClients kafka, String instanceId) {
    this.reader = kafka.reader("log-test");
    this.instanceId = instanceId;
    var partitions =
        reader.partitionsFor(Topics.INSTANCE_LOGS).stream()
            .map(p -> new TopicPartition(p.topic(), p.partition()))
            .toList();
    reader.assign(partitions);
    reader.seekToEnd(partitions);
    partitions.forEach(reader::position);
  }

  /** All chunks so far, once they are as wanted. */
  public List<LogChunk> awaitChunks(Predicate<List<LogChunk>> wanted) {
    await().atMost(Duration.ofSeconds(60)).until(() -> wanted.test(poll()));
    return List.copyOf(chunks);
  }

  /** The lines that a reader has who leaves out what it has. */
  public static List<String> lines(List<LogChunk> chunks) {
    var lines = new ArrayList<String>();
    long end = 0;
    for (var chunk : chunks) {
      for (var line : chunk.lines()) {
        if (line.end() > end) {
          end = line.end();
          lines.add(line.text());
        }
      }
    }
    return lines;
  }

  private List<LogChunk> poll() {
    reader
        .poll(Duration.ofMillis(50))
        .forEach(
            record -> {
              if (instanceId.equals(record.key())) {
                chunks.add(Json.read(record.value(), LogChunk.class));
              }
            });
    return chunks;
  }

  @Override
  public void close() {
    reader.close();
  }
}
