package dev.muster.query.key;

import dev.muster.events.codec.ApiKeyEventCodec;
import dev.muster.events.codec.EventRecords;
import dev.muster.events.codec.EventType;
import dev.muster.events.kafka.Topics;
import dev.muster.kafka.topic.TopicListener;
import dev.muster.web.key.KeyRing;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.stereotype.Component;

/**
 * Tells this service's key ring what becomes of API keys. Whoever was let in stays so when the
 * topic is made anew: one that is gone says nothing of who may come in.
 */
@Component
final class KeyEventListener implements TopicListener {

  private final ApiKeyEventCodec codec = new ApiKeyEventCodec();
  private final KeyRing ring;
  private volatile long newest = -1;

  KeyEventListener(KeyRing ring) {
    this.ring = ring;
  }

  @Override
  public String topic() {
    return Topics.ACCESS_EVENTS;
  }

  @Override
  public void take(ConsumerRecord<String, byte[]> record) {
    var event = EventRecords.read(record);
    if (EventType.isOfKey(event.encoded().type())) {
      ring.hear(codec.decode(event.encoded()), event.sequence());
    }
    newest = event.position();
  }

  /** Global position of the newest event that was heard, of a key or of an operator, or -1. */
  long newest() {
    return newest;
  }

  @Override
  public void caughtUp() {
    ring.complete();
  }
}
