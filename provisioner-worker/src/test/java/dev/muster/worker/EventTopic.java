package dev.muster.worker;

import dev.muster.events.codec.EventCodec;
import dev.muster.events.codec.EventRecords;
import dev.muster.events.codec.Json;
import dev.muster.events.codec.OutcomeRecords;
import dev.muster.events.envelope.Correlation;
import dev.muster.events.envelope.RecordedEvent;
import dev.muster.events.instance.FailureCode;
import dev.muster.events.instance.Ids;
import dev.muster.events.instance.InstanceEvent;
import dev.muster.events.instance.InstanceEvent.CreationRequested;
import dev.muster.events.instance.InstanceEvent.DeletionRequested;
import dev.muster.events.instance.InstanceEvent.OperationFailed;
import dev.muster.events.instance.InstanceEvent.PauseRequested;
import dev.muster.events.instance.InstanceEvent.Requested;
import dev.muster.events.instance.InstanceSpec;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.KafkaSettings;
import dev.muster.events.kafka.RecordMac;
import dev.muster.events.kafka.TestKafka;
import dev.muster.events.kafka.Topics;
import dev.muster.events.kafka.UnsignedRecords;
import dev.muster.events.outcome.Outcome;
import dev.muster.infrastructure.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;

/** The platform as a worker sees it: events go out, and what it reports comes in. */
public final class EventTopic implements AutoCloseable {

  private final EventCodec codec = new EventCodec();
  private final String bootstrapServers;
  private final KafkaClients kafka;
  private final Producer<String, byte[]> producer;
  private final Thread listener;
  private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  public EventTopic() throws Exception {
    this(TestServers.shared().kafka());
  }

  public EventTopic(String bootstrapServers) throws Exception {
    this.bootstrapServers = bootstrapServers;
    kafka = TestKafka.clients(KafkaSettings.of(bootstrapServers, 4));
    try (var admin = kafka.admin("test")) {
      Topics.create(admin, 4, (short) 1);
    }
    producer = kafka.producer("test");
    producer.send(new UnsignedRecords(List.of()).write()).get();
    var reader = kafka.reader("test");
    var partitions = assign(reader, Topics.PROVISIONING_OUTCOMES);
    reader.seekToEnd(partitions);
    partitions.forEach(reader::position);
    listener = Thread.ofVirtual().start(() -> listen(reader));
  }

  public KafkaClients kafka() {
    return kafka;
  }

  public List<Outcome> outcomes() {
    return List.copyOf(outcomes);
  }

  public List<Outcome> outcomesOf(String instanceId) {
    return outcomes.stream().filter(o -> o.instanceId().equals(instanceId)).toList();
  }

  public void send(long sequence, InstanceEvent event) throws Exception {
    producer.send(record(sequence, event)).get();
  }

  public static CreationRequested creation(String instanceId, String region) {
    return creation(instanceId, InstanceSpec.bot("bot", region), now().plusSeconds(30));
  }

  public static CreationRequested creation(String instanceId, InstanceSpec spec, Instant deadline) {
    return new CreationRequested(instanceId, Ids.newOperation(), spec, deadline, now());
  }

  public static PauseRequested pause(String instanceId, String region, @Nullable String host) {
    return pause(instanceId, region, host, now().plusSeconds(30));
  }

  public static PauseRequested pause(
      String instanceId, String region, @Nullable String host, Instant deadline) {
    return new PauseRequested(instanceId, Ids.newOperation(), region, host, deadline, now());
  }

  public static DeletionRequested deletion(
      String instanceId, String region, @Nullable String host, Instant deadline) {
    return new DeletionRequested(instanceId, Ids.newOperation(), region, host, deadline, now());
  }

  public static OperationFailed expired(Requested asked) {
    return new OperationFailed(
        asked.instanceId(),
        asked.operationId(),
        asked.kind(),
        FailureCode.EXPIRED,
        "no outcome in time",
        asked.region(),
        asked.host(),
        FailureCode.EXPIRED.leavesError(asked.kind()),
        now());
  }

  /** The newest of each key in a compacted topic; what was taken back is left out. */
  public <T> Map<String, T> newest(String topic, Class<T> type) {
    try (var reader = kafka.reader("test-newest")) {
      var partitions = assign(reader, topic);
      reader.seekToBeginning(partitions);
      var ends = reader.endOffsets(partitions);
      var newest = new HashMap<String, T>();
      while (ends.entrySet().stream().anyMatch(e -> reader.position(e.getKey()) < e.getValue())) {
        for (var record : reader.poll(Duration.ofMillis(100))) {
          if (record.value() == null) {
            newest.remove(record.key());
          } else {
            newest.put(record.key(), Json.read(record.value(), type));
          }
        }
      }
      return newest;
    }
  }

  public void put(String topic, String key, Object value) throws Exception {
    producer.send(new ProducerRecord<>(topic, key, Json.write(value))).get();
  }

  /** As somebody without the secret: without a code, and with the code of another key. */
  public void forge(ProducerRecord<String, byte[]> record) {
    TestKafka.writePlainly(bootstrapServers, record);
    var other =
        new ProducerRecord<>(record.topic(), null, null, "other", record.value(), record.headers());
    var code = RecordMac.of(TestKafka.SECRET).sign(other).headers().lastHeader(RecordMac.HEADER);
    var moved =
        new ProducerRecord<>(
            record.topic(), null, null, record.key(), record.value(), record.headers());
    moved.headers().add(code);
    TestKafka.writePlainly(bootstrapServers, moved);
  }

  public ProducerRecord<String, byte[]> record(long sequence, InstanceEvent event) {
    return EventRecords.write(
        new RecordedEvent(
            Ids.newEvent(),
            event.instanceId(),
            sequence,
            0,
            event.at(),
            Correlation.platform("test"),
            codec.encode(event)));
  }

  public void putEvent(ProducerRecord<String, byte[]> event) throws Exception {
    producer.send(event).get();
  }

  public void putBytes(String topic, String key, byte[] value) throws Exception {
    producer.send(new ProducerRecord<>(topic, key, value)).get();
  }

  /** Lets the workers of a region lose their tasks after the shortest time the broker allows. */
  public void shortSessions(String region) throws Exception {
    var group = new ConfigResource(ConfigResource.Type.GROUP, "worker-" + region);
    var shorter =
        Map.of("consumer.heartbeat.interval.ms", "1000", "consumer.session.timeout.ms", "3000")
            .entrySet()
            .stream()
            .map(it -> new ConfigEntry(it.getKey(), it.getValue()))
            .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
            .toList();
    try (var admin = kafka.admin("test")) {
      admin.incrementalAlterConfigs(Map.of(group, shorter)).all().get();
    }
  }

  private static List<TopicPartition> assign(Consumer<String, byte[]> reader, String topic) {
    var partitions =
        reader.partitionsFor(topic).stream()
            .map(p -> new TopicPartition(p.topic(), p.partition()))
            .toList();
    reader.assign(partitions);
    return partitions;
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }

  private void listen(Consumer<String, byte[]> reader) {
    while (!closed) {
      for (var record : reader.poll(Duration.ofMillis(50))) {
        outcomes.add(OutcomeRecords.read(record));
      }
    }
    reader.close();
  }

  @Override
  public void close() throws Exception {
    closed = true;
    listener.join();
    producer.close();
  }
}
