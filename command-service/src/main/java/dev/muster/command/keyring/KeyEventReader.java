package dev.muster.command.keyring;

import dev.muster.events.codec.ApiKeyEventCodec;
import dev.muster.events.codec.EventRecords;
import dev.muster.events.codec.EventType;
import dev.muster.events.codec.UnreadableMessageException;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.kafka.topic.TopicReaderJob;
import dev.muster.ops.ready.ReadinessCheck;
import dev.muster.web.key.KeyRing;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.springframework.stereotype.Component;

/** Tells this service's key ring what becomes of API keys. */
@Component
final class KeyEventReader extends TopicReaderJob implements ReadinessCheck {

  private final ApiKeyEventCodec codec = new ApiKeyEventCodec();
  private final KeyRing ring;
  private final PublishedKeyPosition heard;
  private final UnrecordedEvents unrecorded;
  private Set<ConsumerRecord<String, byte[]>> passedOver = Set.of();

  KeyEventReader(
      KafkaClients kafka, KeyRing ring, PublishedKeyPosition heard, UnrecordedEvents unrecorded) {
    super(kafka, Topics.ACCESS_EVENTS, "key-reader");
    this.ring = ring;
    this.heard = heard;
    this.unrecorded = unrecorded;
  }

  @Override
  public String part() {
    return "API keys";
  }

  @Override
  public Optional<String> missing() {
    return isCaughtUp() ? Optional.empty() : Optional.of("they have not been read yet");
  }

  @Override
  public void arrived(ConsumerRecords<String, byte[]> records) {
    passedOver = unrecorded.among(records);
  }

  @Override
  public void take(ConsumerRecord<String, byte[]> record) {
    if (passedOver.contains(record)) {
      return;
    }
    var event = EventRecords.read(record);
    if (EventType.isOfKey(event.encoded().type())) {
      ring.hear(codec.decode(event.encoded()), event.sequence());
    }
    heard.reached(event.position());
  }

  /** What the key ring refuses is taken again. */
  @Override
  public boolean leavesOut(RuntimeException failure) {
    return failure instanceof UnreadableMessageException;
  }

  @Override
  public void caughtUp() {
    ring.complete();
  }
}
