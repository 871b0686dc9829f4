package dev.muster.worker.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.events.codec.DeadLetterRecords;
import dev.muster.events.codec.EventCodec;
import dev.muster.events.codec.EventRecords;
import dev.muster.events.codec.Json;
import dev.muster.events.codec.UnreadableMessageException;
import dev.muster.events.deadletter.DeadLetter;
import dev.muster.events.instance.InstanceEvent.OperationFailed;
import dev.muster.events.instance.InstanceEvent.Requested;
import dev.muster.events.kafka.Topics;
import dev.muster.worker.inbox.Delivery.Readable;
import dev.muster.worker.inbox.Delivery.Unreadable;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what is for the workers of one region: among all the events, and among the dead letters
 * that were put back.
 */
final class RegionTaskReader {

  private static final Logger log = LoggerFactory.getLogger(RegionTaskReader.class);

  private final EventCodec codec = new EventCodec();
  private final String region;
  private final String group;

  RegionTaskReader(String region, String group) {
    this.region = region;
    this.group = group;
  }

  /** Empty when it is not for this region. */
  Optional<Delivery> read(ConsumerRecord<String, byte[]> record) {
    return record.topic().equals(Topics.DEAD_LETTER_RETRIES) ? putBack(record) : read(record, 0);
  }

  private Optional<Delivery> putBack(ConsumerRecord<String, byte[]> record) {
    try {
      var letter = Json.read(record.value(), DeadLetter.class);
      return letter.reader().equals(group)
          ? read(DeadLetterRecords.record(letter), letter.tries())
          : Optional.empty();
    } catch (RuntimeException | Error e) { // a letter that is none, or whose value is no base64
      log.error("a dead letter that was put back cannot be read, id={}", record.key(), e);
      return Optional.empty();
    }
  }

  private Optional<Delivery> read(ConsumerRecord<String, byte[]> record, int triesBefore) {
    if (!mayConcern(record)) {
      return Optional.empty();
    }
    try {
      return work(record).map(work -> new Readable(record, triesBefore, work));
    } catch (UnreadableMessageException e) {
      return Optional.of(new Unreadable(record, triesBefore, String.valueOf(e.getMessage())));
    } catch (RuntimeException | Error e) {
      // A record that breaks its reader would break it again after every restart.
      return Optional.of(new Unreadable(record, triesBefore, e.toString()));
    }
  }

  private Optional<RegionTask> work(ConsumerRecord<String, byte[]> record) {
    var stored = EventRecords.read(record);
    var request = stored.correlation().requestId();
    return switch (codec.decode(stored.encoded())) {
      case Requested asked when asked.region().equals(region) ->
          Optional.of(new RegionTask.Asked(asked, stored.sequence(), request));
      case OperationFailed failed when failed.region().equals(region) && failed.leavesError() ->
          Optional.of(new RegionTask.CleanUp(failed, stored.sequence(), request));
      default -> Optional.empty();
    };
  }

  // By one header, before anything is decoded: most events are for nobody here.
  private static boolean mayConcern(ConsumerRecord<String, byte[]> record) {
    var header = record.headers().lastHeader("ce_type");
    if (header == null || header.value() == null) {
      return true;
    }
    var type = new String(header.value(), UTF_8);
    return type.endsWith("Requested") || type.endsWith(".OperationFailed");
  }
}
