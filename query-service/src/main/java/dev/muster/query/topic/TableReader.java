package dev.muster.query.topic;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.ops.ready.ReadinessCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Reads every {@link Table} from the beginning of its topic and stays with it, all in one thread.
 * After a failure it goes on where it was. Ready once it has everything that was there at first.
 */
@Component
final class TableReader extends TopicReader implements ReadinessCheck {

  private static final Logger log = LoggerFactory.getLogger(TableReader.class);
  private static final Duration POLL = Duration.ofMillis(500);

  private final Map<String, Table> tables;
  private final Map<TopicPartition, Long> next = new HashMap<>();
  private volatile boolean caughtUp;

  TableReader(KafkaClients kafka, List<Table> tables) {
    super("query-tables", kafka);
    this.tables = tables.stream().collect(Collectors.toMap(Table::topic, Function.identity()));
  }

  @Override
  public String part() {
    return "topics in memory";
  }

  @Override
  public Optional<String> missing() {
    return caughtUp
        ? Optional.empty()
        : Optional.of(
            "not read yet: " + String.join(", ", tables.keySet().stream().sorted().toList()));
  }

  @Override
  protected Consumer<String, byte[]> open(KafkaClients kafka, String clientId) {
    return kafka.reader(clientId);
  }

  @Override
  protected void read(Consumer<String, byte[]> consumer, Admin admin) {
    var partitions = partitions(consumer);
    consumer.assign(partitions);
    var ends = consumer.endOffsets(partitions);
    clearWhatWasMadeAnew(ends);
    partitions.forEach(partition -> consumer.seek(partition, next.getOrDefault(partition, 0L)));
    while (isWanted()) {
      for (var record : consumer.poll(POLL)) {
        take(record);
      }
      partitions.forEach(partition -> next.put(partition, consumer.position(partition)));
      caughtUp = caughtUp || isPast(ends);
    }
  }

  private Collection<TopicPartition> partitions(Consumer<String, byte[]> consumer) {
    var partitions = new ArrayList<TopicPartition>();
    for (var topic : tables.keySet()) {
      var found = consumer.partitionsFor(topic);
      if (found.isEmpty()) {
        throw new KafkaException("topic %s is not there yet".formatted(topic));
      }
      found.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    }
    return partitions;
  }

  private void clearWhatWasMadeAnew(Map<TopicPartition, Long> ends) {
    var anew =
        ends.entrySet().stream()
            .filter(end -> next.getOrDefault(end.getKey(), 0L) > end.getValue())
            .map(end -> end.getKey().topic())
            .collect(Collectors.toSet());
    anew.forEach(topic -> log.warn("topic was made anew and is read again topic={}", topic));
    anew.forEach(topic -> table(topic).ifPresent(Table::clear));
    next.keySet().removeIf(partition -> anew.contains(partition.topic()));
  }

  private void take(ConsumerRecord<String, byte[]> record) {
    var table = table(record.topic());
    if (table.isEmpty() || record.key() == null) {
      return;
    }
    try {
      if (record.value() == null) {
        table.get().remove(record.key());
      } else {
        table.get().put(record.key(), record.value(), record.offset());
      }
    } catch (RuntimeException e) { // one record must not keep the others from being read
      log.error(
          "record cannot be read and is left out; was it written by a newer version?"
              + " topic={} partition={} offset={} key={} error=\"{}\"",
          record.topic(),
          record.partition(),
          record.offset(),
          record.key(),
          e.getMessage());
    }
  }

  private Optional<Table> table(String topic) {
    return Optional.ofNullable(tables.get(topic));
  }

  private boolean isPast(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> next.getOrDefault(end.getKey(), 0L) >= end.getValue());
  }
}
