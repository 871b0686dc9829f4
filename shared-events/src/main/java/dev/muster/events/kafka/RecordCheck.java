package dev.muster.events.kafka;

import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Whether a record of a signed topic is taken; tells of those that are forged. */
final class RecordCheck implements Predicate<ConsumerRecord<String, byte[]>> {

  private final RecordMac mac;
  private final FormerRecords former;
  private final RefusalListener refusals;

  RecordCheck(RecordMac mac, FormerRecords former, RefusalListener refusals) {
    this.mac = mac;
    this.former = former;
    this.refusals = refusals;
  }

  @Override
  public boolean test(ConsumerRecord<String, byte[]> record) {
    if (mac.isRight(record)) {
      return true;
    }
    if (former.has(record)) {
      return !Topics.isWrittenAnew(record.topic());
    }
    var hasCode = record.headers().lastHeader(RecordMac.HEADER) != null;
    refusals.refused(
        record.topic(),
        record.partition(),
        record.offset(),
        hasCode ? "its MAC is wrong" : "it has no MAC");
    return false;
  }
}
