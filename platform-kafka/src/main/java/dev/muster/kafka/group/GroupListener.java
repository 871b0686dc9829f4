package dev.muster.kafka.group;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.ops.job.BackgroundJob;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Takes part in a group for as long as the service runs. Records of one key are handled in order,
 * those of different keys side by side. When one cannot be handled the member begins again, and its
 * record comes again.
 */
public abstract class GroupListener extends BackgroundJob {

  private static final int IN_HAND_AT_MOST = 1_000;
  private static final Duration LAST_PATIENCE = Duration.ofSeconds(1);
  private static final Duration POLL_AT_REST = Duration.ofSeconds(5);

  private final KafkaClients kafka;
  private final GroupSettings settings;
  private volatile @Nullable GroupMember member;
  private volatile long leaveBy;

  protected GroupListener(KafkaClients kafka, String group, String topic, String name) {
    super(name);
    this.kafka = kafka;
    this.settings =
        new GroupSettings(
            group,
            group,
            List.of(topic),
            IN_HAND_AT_MOST,
            IN_HAND_AT_MOST,
            Duration.ZERO,
            LAST_PATIENCE,
            POLL_AT_REST);
  }

  /** Returns when the record need not come again, however long that takes. */
  protected abstract void handle(ConsumerRecord<String, byte[]> record) throws InterruptedException;

  @Override
  protected final void work() {
    var joining = new GroupMember(kafka, settings, record -> Optional.of(new Handling(record)));
    member = joining;
    try {
      joining.run(this::isRunning, () -> leaveBy);
    } finally {
      member = null;
    }
  }

  @Override
  protected final void wake(Thread working) {
    leaveBy = System.nanoTime() + LAST_PATIENCE.toNanos();
    var joined = member;
    if (joined == null) {
      working.interrupt();
    } else {
      joined.wake();
    }
  }

  private final class Handling implements RecordTask {

    private final ConsumerRecord<String, byte[]> record;

    Handling(ConsumerRecord<String, byte[]> record) {
      this.record = record;
    }

    @Override
    public String key() {
      return String.valueOf(record.key());
    }

    @Override
    public void run() throws InterruptedException {
      handle(record);
    }
  }
}
