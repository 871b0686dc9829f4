package dev.muster.command.publish;

import dev.muster.command.eventstore.EventSession;
import dev.muster.command.topic.OrderedWriter;
import dev.muster.events.codec.EventRecords;
import dev.muster.events.codec.EventType;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.UnsignedRecords;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles, once, where records without a code end, and tells the other services. Data of a version
 * that signed nothing stays readable, and nothing unsigned is taken after it.
 */
final class SigningStart {

  private static final Logger log = LoggerFactory.getLogger(SigningStart.class);
  private static final int BATCH = 500;

  private final KafkaClients kafka;
  private final OrderedWriter writer;

  SigningStart(KafkaClients kafka, OrderedWriter writer) {
    this.kafka = kafka;
    this.writer = writer;
  }

  /**
   * Returns when it is settled and told. Called by the one who publishes, so that nobody publishes
   * an event of a key while those before it are written anew.
   */
  void settle(EventSession session) throws Exception {
    writer.awaitTopics();
    var settled = UnsignedEnds.read(session.connection());
    writer.write(List.of((settled.isPresent() ? settled.get() : settleNow(session)).write()));
  }

  private UnsignedRecords settleNow(EventSession session) throws Exception {
    // Without events there is no earlier version: what the broker has is somebody else's.
    var isNew = session.read(0, 1).isEmpty();
    var records = isNew ? new UnsignedRecords(List.of()) : ends();
    if (!isNew) {
      writeKeysAnew(session);
    }
    UnsignedEnds.write(session.connection(), records);
    log.info("signing_starts unsigned_partitions={}", records.ends().size());
    return records;
  }

  private UnsignedRecords ends() throws Exception {
    var admin = kafka.admin("command-signing");
    try {
      return UnsignedRecords.upToNow(admin);
    } finally {
      admin.close(Duration.ZERO);
    }
  }

  /** A key that somebody put into the topic by hand is in no event store, and gone with this. */
  private void writeKeysAnew(EventSession session) throws Exception {
    var next = 0L;
    for (var events = session.read(next, BATCH); !events.isEmpty(); ) {
      writer.write(
          events.stream()
              .filter(event -> !EventType.isOfInstance(event.encoded().type()))
              .map(EventRecords::write)
              .toList());
      next = events.getLast().position() + 1;
      events = session.read(next, BATCH);
    }
  }
}
