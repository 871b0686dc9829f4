package dev.muster.worker.inbox;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record that this region has to see to, fresh or put back by a person. */
sealed interface Delivery {

  ConsumerRecord<String, byte[]> record();

  /** How often it was tried in vain before. */
  int triesBefore();

  /** Deliveries of one key are handled one after another. */
  String key();

  record Readable(ConsumerRecord<String, byte[]> record, int triesBefore, RegionTask work)
      implements Delivery {

    @Override
    public String key() {
      return work.instanceId();
    }
  }

  record Unreadable(ConsumerRecord<String, byte[]> record, int triesBefore, String reason)
      implements Delivery {

    @Override
    public String key() {
      return "%s-%d@%d".formatted(record.topic(), record.partition(), record.offset());
    }
  }
}
