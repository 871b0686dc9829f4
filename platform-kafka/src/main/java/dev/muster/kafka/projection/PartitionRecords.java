package dev.muster.kafka.projection;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What one poll gave of one partition, in the order of the topic.
 *
 * @param position where the store stands before these records
 */
public record PartitionRecords(Position position, List<ConsumerRecord<String, byte[]>> records) {

  /** For {@link ProjectedBatch#newest} of a topic whose records have no global positions. */
  public static Map<Integer, Long> withoutPositions(List<PartitionRecords> parts) {
    return parts.stream()
        .collect(Collectors.toMap(PartitionRecords::partition, _ -> Position.NOTHING));
  }

  public int partition() {
    return position.partition();
  }
}
