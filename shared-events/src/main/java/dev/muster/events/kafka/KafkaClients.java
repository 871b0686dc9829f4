package dev.muster.events.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Kafka clients, set up once for the whole platform. Producers sign what grants power, and
 * consumers leave out what is not signed; nobody else has to think of it. Callers close what they
 * open.
 */
public final class KafkaClients {

  // The word of leaving goes out at once. The rest is spent on a fetch that has nothing to bring.
  private static final Duration LEAVE_WITHIN = Duration.ofMillis(500);
  private static final Duration END_READING_WITHIN = Duration.ofMillis(100);

  private final KafkaSettings settings;
  private final RecordMac mac;
  private final RecordCheck check;

  /**
   * @param refusals told of records that the platform did not write
   */
  public KafkaClients(KafkaSettings settings, RecordMac mac, RefusalListener refusals) {
    this.settings = settings;
    this.mac = mac;
    var former =
        new UnsignedRecordsTopic(
            () -> new BoundedConsumer(consuming("unsigned-records"), END_READING_WITHIN),
            () -> admin("unsigned-records-admin"),
            mac);
    this.check = new RecordCheck(mac, new FormerRecords(former), refusals);
  }

  public KafkaSettings settings() {
    return settings;
  }

  public Admin admin(String clientId) {
    return admin(settings, clientId);
  }

  /** For those who make topics, and neither read nor write. */
  public static Admin admin(KafkaSettings settings, String clientId) {
    return Admin.create(common(settings, clientId));
  }

  /**
   * Idempotent, {@code acks=all}, in order whatever fails on the way, and no lingering: each caller
   * batches for itself.
   */
  public Producer<String, byte[]> producer(String clientId) {
    return new SignedProducer(producing(clientId), mac);
  }

  /**
   * A producer whose records of one transaction all come, or none. Whoever opens the next one of
   * that id ends what this one left undone.
   */
  public Producer<String, byte[]> transactionalProducer(String clientId, String transactionalId) {
    var config = producing(clientId);
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 10_000);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    return new SignedProducer(config, mac);
  }

  Map<String, Object> producing(String clientId) {
    var config = common(settings, clientId);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // A broker that knows nothing of a producer in a partition takes any batch for its first: one
    // that overtakes a refused one is kept, and the other never gets in.
    config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
    return config;
  }

  /**
   * A member of a group under the consumer protocol of KIP-848, which moves only the partitions it
   * must. Nothing is committed unless the caller does it.
   */
  public Consumer<String, byte[]> groupConsumer(String groupId, String clientId) {
    var config = consuming(clientId);
    config.put(ConsumerConfig.GROUP_ID_CONFIG, groupId);
    config.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
    config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) settings.fetchWait().toMillis());
    // A consumer that waits for records wakes up as often.
    config.put(ConsumerConfig.RETRY_BACKOFF_MS_CONFIG, 500L);
    return new GroupConsumer(config, LEAVE_WITHIN, check, settings.fetchWait());
  }

  /** A reader outside any group: it assigns itself the partitions it wants. */
  public Consumer<String, byte[]> reader(String clientId) {
    return new VerifiedConsumer(consuming(clientId), END_READING_WITHIN, check);
  }

  /**
   * A {@link #reader(String)} for which about so many bytes wait in memory at most, where a record
   * is not larger by itself.
   *
   * @param fetchWait how often it asks while nothing is written; a partition that was paused
   *     meanwhile waits as long for its next fetch
   */
  public Consumer<String, byte[]> reader(String clientId, int fetchBytes, Duration fetchWait) {
    var config = consuming(clientId);
    config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, fetchBytes);
    config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, fetchBytes / 4);
    config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) fetchWait.toMillis());
    return new VerifiedConsumer(config, END_READING_WITHIN, check);
  }

  private Map<String, Object> consuming(String clientId) {
    var config = common(settings, clientId);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    // What is written is fetched at once; this is how often a consumer asks when nothing is.
    config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 10_000);
    return config;
  }

  private static Map<String, Object> common(KafkaSettings settings, String clientId) {
    var config = new HashMap<String, Object>();
    config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    config.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
    config.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 2_000L);
    settings.login().ifPresent(login -> config.putAll(login.clientConfig()));
    return config;
  }
}
