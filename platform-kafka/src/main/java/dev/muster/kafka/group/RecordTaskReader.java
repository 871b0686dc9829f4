package dev.muster.kafka.group;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Finds what has to be done about records. Called by the polling thread. */
@FunctionalInterface
public interface RecordTaskReader {

  /** Empty when there is nothing to do. */
  Optional<RecordTask> read(ConsumerRecord<String, byte[]> record);
}
