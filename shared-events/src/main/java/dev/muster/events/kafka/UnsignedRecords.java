package dev.muster.events.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the topics hold records of a version that did not sign them. Fixed once, by a command
 * service; nothing after these ends is taken without a right code.
 */
public record UnsignedRecords(List<End> ends) {

  static final String KEY = "ends";

  /**
   * @param topicId by which the broker tells a topic from a later one of the same name
   * @param end offset after the last such record
   */
  public record End(String topic, String topicId, int partition, long end) {}

  public UnsignedRecords {
    ends = List.copyOf(ends);
  }

  /**
   * As if all that the signed topics hold now were of an earlier version.
   *
   * @throws ExecutionException when the broker is away or refuses
   */
  public static UnsignedRecords upToNow(Admin admin)
      throws ExecutionException, InterruptedException {
    var topics = admin.describeTopics(Topics.signed()).allTopicNames().get();
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    topics.forEach(
        (name, topic) ->
            topic
                .partitions()
                .forEach(
                    info ->
                        latest.put(
                            new TopicPartition(name, info.partition()), OffsetSpec.latest())));
    var found = new ArrayList<End>();
    for (var end : admin.listOffsets(latest).all().get().entrySet()) {
      var topic = end.getKey().topic();
      var id = requireNonNull(topics.get(topic)).topicId().toString();
      if (end.getValue().offset() > 0) {
        found.add(new End(topic, id, end.getKey().partition(), end.getValue().offset()));
      }
    }
    return new UnsignedRecords(found);
  }

  boolean has(String topic, int partition, long offset) {
    return ends.stream()
        .anyMatch(
            end -> end.topic().equals(topic) && end.partition() == partition && offset < end.end());
  }

  /** Without the ends of topics that were made anew since. */
  UnsignedRecords of(Map<String, String> topicIds) {
    return new UnsignedRecords(
        ends.stream().filter(end -> end.topicId().equals(topicIds.get(end.topic()))).toList());
  }

  /** For {@link Topics#UNSIGNED_RECORDS}: one end a line. */
  public ProducerRecord<String, byte[]> write() {
    var text =
        ends.stream()
            .map(
                end ->
                    "%s %s %d %d\n"
                        .formatted(end.topic(), end.topicId(), end.partition(), end.end()))
            .collect(Collectors.joining());
    return new ProducerRecord<>(Topics.UNSIGNED_RECORDS, KEY, text.getBytes(UTF_8));
  }

  static UnsignedRecords read(byte[] value) {
    return new UnsignedRecords(
        new String(value, UTF_8)
            .lines()
            .map(line -> line.split(" ", 4))
            .map(w -> new End(w[0], w[1], Integer.parseInt(w[2]), Long.parseLong(w[3])))
            .toList());
  }
}
