package dev.muster.command.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.events.instance.Ids;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.KafkaSettings;
import dev.muster.events.kafka.TestKafka;
import dev.muster.infrastructure.TestServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.RepeatedTest;

/**
 * A broker takes what comes first in a partition as its producer's first. So what was sent before
 * that, and came a moment too early for the new partition, may not be overtaken.
 */
class FreshTopicTest {

  private static final int RECORDS = 2_000;
  private static final int PARTITIONS = 8;

  private final KafkaClients kafka =
      TestKafka.clients(KafkaSettings.of(TestServers.shared().kafka(), PARTITIONS));

  @RepeatedTest(3)
  void what_is_written_at_once_to_a_topic_just_made_comes_in_order() throws Exception {
    var topic = "fresh-" + Ids.newEvent();
    try (var admin = kafka.admin("test");
        var producer = kafka.producer("test")) {
      admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1))).all().get();
      var sent = new ArrayList<Future<RecordMetadata>>();
      for (int i = 0; i < RECORDS; i++) {
        var record = new ProducerRecord<>(topic, i % PARTITIONS, String.valueOf(i), new byte[600]);
        sent.add(producer.send(record));
      }
      for (var one : sent) {
        one.get();
      }
    }

    var keys = keys(topic);
    for (int partition = 0; partition < PARTITIONS; partition++) {
      assertThat(keys.get(partition)).isEqualTo(ofPartition(partition));
    }
  }

  private static List<String> ofPartition(int partition) {
    return IntStream.range(0, RECORDS)
        .filter(i -> i % PARTITIONS == partition)
        .mapToObj(String::valueOf)
        .toList();
  }

  /** In the order of each partition. */
  private Map<Integer, List<String>> keys(String topic) {
    var keys = new HashMap<Integer, List<String>>();
    var partitions =
        IntStream.range(0, PARTITIONS)
            .mapToObj(partition -> new TopicPartition(topic, partition))
            .toList();
    try (var reader = kafka.reader("test")) {
      reader.assign(partitions);
      reader.seekToBeginning(partitions);
      var ends = reader.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> reader.position(e.getKey()) < e.getValue())) {
        for (var record : reader.poll(Duration.ofMillis(100))) {
          keys.computeIfAbsent(record.partition(), _ -> new ArrayList<>()).add(record.key());
        }
      }
    }
    return keys;
  }
}
