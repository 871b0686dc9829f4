package dev.muster.events.kafka;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics of the platform: their names, and how they are made when they are missing. */
public final class Topics {

  /** Every event, keyed by instance id, kept for ever. */
  public static final String INSTANCE_EVENTS = "instance-events";

  /** Every event of API keys and of operators, keyed by what it is about, kept for ever. */
  public static final String ACCESS_EVENTS = "access-events";

  /**
   * Every event once more, in their one order, as the audit log has sealed them, and the newest
   * checkpoint of that log; kept for ever.
   */
  public static final String AUDIT_LOG = "audit-log";

  /** Where keys were seen last, keyed by key id; compacted. */
  public static final String KEY_USES = "key-uses";

  /** What workers did, keyed by instance id, kept for seven days. */
  public static final String PROVISIONING_OUTCOMES = "provisioning-outcomes";

  /** The newest health sample of each instance; compacted. */
  public static final String INSTANCE_HEALTH = "instance-health";

  /** What instances print, keyed by instance id; kept for a day, or up to 1 GiB in all. */
  public static final String INSTANCE_LOGS = "instance-logs";

  /** The hosts that workers can reach, keyed by host name; compacted. */
  public static final String HOSTS = "hosts";

  /** How far the read side has come, keyed by partition of {@link #INSTANCE_EVENTS}; compacted. */
  public static final String PROJECTION_PROGRESS = "projection-progress";

  /** What each worker says of itself, keyed by its name; compacted. */
  public static final String WORKERS = "workers";

  /**
   * Which workers are to drain or to take work again, keyed by their name, and which hosts are to
   * get no new instances, keyed by {@code host/} and their name; compacted.
   */
  public static final String WORKER_ORDERS = "worker-orders";

  /** What could not be handled, keyed by the letter's id; compacted, a tombstone ends it. */
  public static final String DEAD_LETTERS = "dead-letters";

  /** Dead letters that were put back, for the reader they name; kept for seven days. */
  public static final String DEAD_LETTER_RETRIES = "dead-letter-retries";

  /** Who may open a shell within the next minute, keyed by instance id; kept for an hour. */
  public static final String SHELL_TICKETS = "shell-tickets";

  /** How far topics hold records of a version that did not sign them; compacted. */
  public static final String UNSIGNED_RECORDS = "unsigned-records";

  /**
   * What grants power, or says who did what. The others hold what instances print, how they and the
   * read side are, and which hosts there are: nobody acts on these.
   */
  private static final Set<String> SIGNED =
      Set.of(
          INSTANCE_EVENTS,
          ACCESS_EVENTS,
          AUDIT_LOG,
          KEY_USES,
          PROVISIONING_OUTCOMES,
          WORKERS,
          WORKER_ORDERS,
          DEAD_LETTERS,
          DEAD_LETTER_RETRIES,
          SHELL_TICKETS,
          UNSIGNED_RECORDS);

  /**
   * Of these the records of an earlier version are left out: the command service writes the events
   * of keys once more, workers report themselves every few seconds, and a ticket is good for one
   * minute.
   */
  private static final Set<String> WRITTEN_ANEW = Set.of(ACCESS_EVENTS, WORKERS, SHELL_TICKETS);

  /** Their settings are more than how long records are kept: clocks and starts rely on them. */
  private static final Set<String> RELIED_ON = Set.of(WORKERS, PROJECTION_PROGRESS);

  private static final Map<String, String> FOR_EVER =
      Map.of("retention.ms", "-1", "retention.bytes", "-1");

  private static final Map<String, String> SEVEN_DAYS =
      Map.of("retention.ms", String.valueOf(7L * 24 * 3600 * 1000));

  private static final long GIB = 1L << 30;
  private static final long MIB = 1L << 20;

  private static final Map<String, String> AN_HOUR =
      Map.of("retention.ms", String.valueOf(3600 * 1000), "segment.ms", "600000");

  private static final Map<String, String> COMPACTED =
      Map.of("cleanup.policy", "compact", "segment.ms", "3600000");

  /** Its records carry the broker's time: against it the workers measure their clocks. */
  private static final Map<String, String> BROKER_TIME =
      Map.of(
          "cleanup.policy", "compact",
          "segment.ms", "3600000",
          "message.timestamp.type", "LogAppendTime");

  /**
   * For a topic that grows with every batch, and that each command service reads from its beginning
   * when it starts: what is not compacted by then is a few MiB.
   */
  private static final Map<String, String> COMPACTED_SOON =
      Map.of(
          "cleanup.policy", "compact",
          "segment.bytes", String.valueOf(MIB),
          "segment.ms", "600000",
          "min.cleanable.dirty.ratio", "0.1");

  private Topics() {}

  /** Whether records of that topic carry a code and are refused without it. */
  public static boolean isSigned(String topic) {
    return SIGNED.contains(topic);
  }

  /** The topics whose records carry a code. */
  public static Set<String> signed() {
    return SIGNED;
  }

  static boolean isWrittenAnew(String topic) {
    return WRITTEN_ANEW.contains(topic);
  }

  /**
   * Makes the topics that are missing and leaves the others as they are. Any number of services may
   * do this at once.
   *
   * @param partitions of each topic that is keyed by instance
   * @throws ExecutionException when the broker is away or refuses
   */
  public static void create(Admin admin, int partitions, short replication)
      throws ExecutionException, InterruptedException {
    var existing = admin.listTopics().names();
    Set<String> names = existing.get();
    var missing =
        all(partitions, replication).stream().filter(t -> !names.contains(t.name())).toList();
    for (var creation : admin.createTopics(missing).values().values()) {
      try {
        creation.get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
    }
  }

  /**
   * Makes the topics that are missing, looks whether all are as they have to be, and gives those of
   * an earlier version what this one adds.
   *
   * @throws ExecutionException when the broker is away or refuses
   * @throws UnsuitableTopicsException when somebody made them otherwise
   */
  public static void ensure(Admin admin, KafkaSettings settings)
      throws ExecutionException, InterruptedException {
    create(admin, settings.partitions(), settings.replication());
    TopicCheck.verify(admin, settings);
    TopicUpgrade.apply(
        admin,
        all(settings.partitions(), settings.replication()).stream()
            .filter(topic -> RELIED_ON.contains(topic.name()))
            .toList());
  }

  static List<NewTopic> all(int partitions, short replication) {
    return List.of(
        new NewTopic(INSTANCE_EVENTS, partitions, replication).configs(FOR_EVER),
        new NewTopic(ACCESS_EVENTS, 1, replication).configs(FOR_EVER),
        new NewTopic(AUDIT_LOG, 1, replication).configs(FOR_EVER),
        new NewTopic(KEY_USES, 1, replication).configs(COMPACTED),
        new NewTopic(PROVISIONING_OUTCOMES, partitions, replication).configs(SEVEN_DAYS),
        new NewTopic(INSTANCE_HEALTH, partitions, replication).configs(COMPACTED),
        new NewTopic(INSTANCE_LOGS, partitions, replication).configs(oneDay(partitions)),
        new NewTopic(HOSTS, 8, replication).configs(COMPACTED),
        new NewTopic(PROJECTION_PROGRESS, 1, replication).configs(COMPACTED_SOON),
        new NewTopic(WORKERS, 1, replication).configs(BROKER_TIME),
        new NewTopic(WORKER_ORDERS, 1, replication).configs(COMPACTED),
        new NewTopic(DEAD_LETTERS, 1, replication).configs(COMPACTED),
        new NewTopic(DEAD_LETTER_RETRIES, 1, replication).configs(SEVEN_DAYS),
        new NewTopic(SHELL_TICKETS, 1, replication).configs(AN_HOUR),
        new NewTopic(UNSIGNED_RECORDS, 1, replication).configs(COMPACTED));
  }

  // Only whole segments are deleted, so they have to be short, in bytes and in time.
  private static Map<String, String> oneDay(int partitions) {
    var bytes = Math.max(16 * MIB, GIB / partitions);
    return Map.of(
        "retention.ms", String.valueOf(24L * 3600 * 1000),
        "retention.bytes", String.valueOf(bytes),
        "segment.bytes", String.valueOf(bytes / 4),
        "segment.ms", "3600000");
  }
}
