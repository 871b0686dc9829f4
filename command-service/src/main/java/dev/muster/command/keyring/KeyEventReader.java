package dev.muster.command.keyring;

import dev.muster.command.topic.CompactedTopicReader;
import dev.muster.events.codec.ApiKeyEventCodec;
import dev.muster.events.codec.EventRecords;
import dev.muster.events.codec.EventType;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.ops.ready.ReadinessCheck;
import dev.muster.web.key.KeyRing;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.stereotype.Component;

/** Tells this service's key ring what becomes of API keys. */
@Component
final class KeyEventReader extends CompactedTopicReader implements ReadinessCheck {

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
  protected void arrived(Iterable<ConsumerRecord<String, byte[]>> records) {
    passedOver = unrecorded.among(records);
  }

  @Override
  protected void take(ConsumerRecord<String, byte[]> record) {
    if (passedOver.contains(record)) {
      return;
    }
    var event = EventRecords.read(record);
    if (EventType.isOfKey(event.encoded().type())) {
      ring.hear(codec.decode(event.encoded()), event.sequence());
    }
    heard.reached(event.position());
  }

  @Override
  protected void caughtUp() {
    ring.complete();
  }
}
