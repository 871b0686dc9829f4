package dev.muster.command;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.KafkaSettings;
import dev.muster.events.kafka.TestKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What stands in a topic now, the newest of each key; and putting something there. */
record TopicContent(KafkaClients kafka, String topic) {

  TopicContent(String bootstrap, String topic) {
    this(TestKafka.clients(KafkaSettings.of(bootstrap, 8)), topic);
  }

  Map<String, byte[]> newest() {
    var newest = new LinkedHashMap<String, byte[]>();
    for (var record : records()) {
      newest.remove(record.key());
      if (record.value() != null) {
        newest.put(record.key(), record.value());
      }
    }
    return newest;
  }

  /** Everything that it has. */
  List<ConsumerRecord<String, byte[]>> records() {
    var records = new ArrayList<ConsumerRecord<String, byte[]>>();
    try (var reader = kafka.reader("test-content")) {
      var partitions =
          reader.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      reader.assign(partitions);
      reader.seekToBeginning(partitions);
      var ends = reader.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> reader.position(e.getKey()) < e.getValue())) {
        reader.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  Optional<byte[]> of(String key) {
    return Optional.ofNullable(newest().get(key));
  }

  /**
   * @param value null to take the key off
   */
  void put(String key, byte @Nullable [] value) throws Exception {
    try (var producer = kafka.producer("test-content")) {
      producer.send(new ProducerRecord<>(topic, key, value)).get();
    }
  }
}
