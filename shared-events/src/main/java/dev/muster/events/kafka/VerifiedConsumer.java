package dev.muster.events.kafka;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Passes on what the platform wrote. A forged record is left out and the position goes on: whoever
 * counts on offsets takes them from {@link ConsumerRecords#nextOffsets()}.
 */
class VerifiedConsumer extends BoundedConsumer {

  private final RecordCheck check;

  VerifiedConsumer(Map<String, Object> config, Duration closeWithin, RecordCheck check) {
    super(config, closeWithin);
    this.check = check;
  }

  /**
   * @throws KafkaException when nobody knows yet which records are of an earlier version; the same
   *     records come again
   */
  @Override
  public ConsumerRecords<String, byte[]> poll(Duration timeout) {
    var records = super.poll(timeout);
    try {
      return records.isEmpty() ? records : passed(records);
    } catch (KafkaException e) {
      records
          .partitions()
          .forEach(partition -> seek(partition, records.records(partition).getFirst().offset()));
      throw e;
    }
  }

  private ConsumerRecords<String, byte[]> passed(ConsumerRecords<String, byte[]> records) {
    Map<TopicPartition, List<ConsumerRecord<String, byte[]>>> passed = new LinkedHashMap<>();
    for (var partition : records.partitions()) {
      var all = records.records(partition);
      var good = Topics.isSigned(partition.topic()) ? all.stream().filter(check).toList() : all;
      if (!good.isEmpty()) {
        passed.put(partition, good);
      }
    }
    return new ConsumerRecords<>(passed, records.nextOffsets());
  }
}
