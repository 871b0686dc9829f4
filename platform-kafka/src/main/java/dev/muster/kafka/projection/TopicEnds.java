package dev.muster.kafka.projection;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.InterruptException;

/**
 * One topic's partitions, by number, and where each ends right now. Asked of the broker beside the
 * consumer, which complains about partitions that are not its own.
 */
final class TopicEnds {

  private static final long WITHIN_SECONDS = 10;

  private final String topic;
  private final Admin admin;

  TopicEnds(String topic, Admin admin) {
    this.topic = topic;
    this.admin = admin;
  }

  /**
   * Of every partition, the offset after its last record.
   *
   * @throws KafkaException when the broker does not say
   */
  Map<Integer, Long> all() {
    var described = get(admin.describeTopics(List.of(topic)).allTopicNames());
    return of(
        described.values().stream()
            .flatMap(found -> found.partitions().stream())
            .map(TopicPartitionInfo::partition)
            .toList());
  }

  /** Like {@link #all}, of these partitions. */
  Map<Integer, Long> of(Collection<Integer> partitions) {
    return get(ask(partitions));
  }

  /** Tells them later, in a thread of the client; a broker that does not answer tells nothing. */
  void tell(Collection<Integer> partitions, Consumer<Map<Integer, Long>> listener) {
    ask(partitions)
        .whenComplete(
            (ends, _) -> {
              if (ends != null) {
                listener.accept(ends);
              }
            });
  }

  private KafkaFuture<Map<Integer, Long>> ask(Collection<Integer> partitions) {
    var asked = new HashMap<TopicPartition, OffsetSpec>();
    named(partitions).forEach(partition -> asked.put(partition, OffsetSpec.latest()));
    return admin.listOffsets(asked).all().thenApply(TopicEnds::offsets);
  }

  private static Map<Integer, Long> offsets(Map<TopicPartition, ListOffsetsResultInfo> ends) {
    return ends.entrySet().stream()
        .collect(Collectors.toMap(end -> end.getKey().partition(), end -> end.getValue().offset()));
  }

  List<TopicPartition> named(Collection<Integer> partitions) {
    return partitions.stream().map(partition -> new TopicPartition(topic, partition)).toList();
  }

  private static <T> T get(KafkaFuture<T> answer) {
    try {
      return answer.get(WITHIN_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("the broker does not tell where topics end", e);
    }
  }
}
