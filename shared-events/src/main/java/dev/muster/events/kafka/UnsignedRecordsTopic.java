package dev.muster.events.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads {@link Topics#UNSIGNED_RECORDS}; only what is signed counts there. */
final class UnsignedRecordsTopic implements FormerRecords.Source {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration WITHIN = Duration.ofSeconds(5);

  private final Supplier<Consumer<String, byte[]>> consumers;
  private final Supplier<Admin> admins;
  private final RecordMac mac;

  UnsignedRecordsTopic(
      Supplier<Consumer<String, byte[]>> consumers, Supplier<Admin> admins, RecordMac mac) {
    this.consumers = consumers;
    this.admins = admins;
    this.mac = mac;
  }

  @Override
  public @Nullable UnsignedRecords read() {
    var said = newest();
    return said == null || said.ends().isEmpty() ? said : said.of(topicIds(said));
  }

  private @Nullable UnsignedRecords newest() {
    try (var consumer = consumers.get()) {
      var partitions =
          consumer.partitionsFor(Topics.UNSIGNED_RECORDS).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      return newest(consumer, partitions);
    }
  }

  private @Nullable UnsignedRecords newest(
      Consumer<String, byte[]> consumer, List<TopicPartition> partitions) {
    var ends = consumer.endOffsets(partitions);
    var until = System.nanoTime() + WITHIN.toNanos();
    @Nullable UnsignedRecords newest = null;
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      if (System.nanoTime() > until) {
        throw new KafkaException("topic %s cannot be read".formatted(Topics.UNSIGNED_RECORDS));
      }
      for (var record : consumer.poll(POLL)) {
        if (mac.isRight(record) && UnsignedRecords.KEY.equals(record.key())) {
          newest = UnsignedRecords.read(record.value());
        }
      }
    }
    return newest;
  }

  private Map<String, String> topicIds(UnsignedRecords said) {
    var admin = admins.get();
    try {
      return topicIds(
          admin, said.ends().stream().map(UnsignedRecords.End::topic).distinct().toList());
    } finally {
      admin.close(Duration.ZERO);
    }
  }

  static Map<String, String> topicIds(Admin admin, List<String> topics) {
    try {
      return admin.describeTopics(topics).allTopicNames().get().values().stream()
          .collect(Collectors.toMap(topic -> topic.name(), topic -> topic.topicId().toString()));
    } catch (ExecutionException e) {
      throw new KafkaException("the topics cannot be looked at", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while topics were looked at", e);
    }
  }
}
