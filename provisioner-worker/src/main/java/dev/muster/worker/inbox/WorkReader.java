package dev.muster.worker.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.events.codec.EventCodec;
import dev.muster.events.codec.EventRecords;
import dev.muster.events.codec.UnreadableMessageException;
import dev.muster.events.instance.InstanceEvent.OperationFailed;
import dev.muster.events.instance.InstanceEvent.Requested;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds what is for the workers of one region among all the events. */
final class WorkReader {

  private static final Logger log = LoggerFactory.getLogger(WorkReader.class);

  private final EventCodec codec = new EventCodec();
  private final String region;

  WorkReader(String region) {
    this.region = region;
  }

  /** Empty when it is not for this region, or nobody could read it. */
  Optional<Work> read(ConsumerRecord<String, byte[]> record) {
    if (!mayConcern(record)) {
      return Optional.empty();
    }
    try {
      var stored = EventRecords.read(record);
      var request = stored.correlation().requestId();
      return switch (codec.decode(stored.encoded())) {
        case Requested asked when asked.region().equals(region) ->
            Optional.of(new Work.Asked(asked, stored.sequence(), request));
        case OperationFailed failed when failed.region().equals(region) && failed.leavesError() ->
            Optional.of(new Work.CleanUp(failed, stored.sequence(), request));
        default -> Optional.empty();
      };
    } catch (UnreadableMessageException e) {
      log.error(
          "an event cannot be read and is skipped, if it asked for something that will expire"
              + " instance_id={} topic={} partition={} offset={}",
          record.key(),
          record.topic(),
          record.partition(),
          record.offset(),
          e);
      return Optional.empty();
    }
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
