package dev.muster.query.feed;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What one poll gave of one partition, in the order of the topic.
 *
 * @param position where the store stands before these records
 */
public record Part(Position position, List<ConsumerRecord<String, byte[]>> records) {

  public int partition() {
    return position.partition();
  }
}
