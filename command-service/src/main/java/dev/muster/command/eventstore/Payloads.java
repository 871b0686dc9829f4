package dev.muster.command.eventstore;

import dev.muster.command.instance.EventOrigin;
import dev.muster.events.access.ApiKeyEvent;
import dev.muster.events.codec.ApiKeyEventCodec;
import dev.muster.events.codec.EventCodec;
import dev.muster.events.envelope.EncodedEvent;
import dev.muster.events.envelope.RecordedEvent;
import dev.muster.events.instance.Ids;
import dev.muster.events.instance.InstanceEvent;
import java.time.Instant;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/** Axon's messages to rows and back, for both families of events that the store holds. */
final class Payloads {

  static final String INSTANCE = "Instance";

  private static final String API_KEY = "ApiKey";

  private final EventCodec instances = new EventCodec();
  private final ApiKeyEventCodec keys = new ApiKeyEventCodec();

  NewEvent stored(EventMessage<?> message) {
    var domainMessage = (DomainEventMessage<?>) message;
    return switch (message.getPayload()) {
      case InstanceEvent it -> stored(domainMessage, it.at(), instances.encode(it), it);
      case ApiKeyEvent it -> stored(domainMessage, it.at(), keys.encode(it), null);
      case Object it -> throw new IllegalArgumentException("no event of this store: " + it);
    };
  }

  DomainEventMessage<?> message(RecordedEvent recorded) {
    var ofKey = RecordedEvents.isKey(recorded.subject());
    return new GenericDomainEventMessage<>(
        ofKey ? API_KEY : INSTANCE,
        recorded.subject(),
        recorded.sequence() - 1,
        ofKey ? keys.decode(recorded.encoded()) : instances.decode(recorded.encoded()),
        MetaData.from(EventOrigin.metaData(recorded.correlation())),
        recorded.eventId(),
        recorded.at());
  }

  private static NewEvent stored(
      DomainEventMessage<?> message,
      Instant at,
      EncodedEvent encoded,
      @Nullable InstanceEvent event) {
    return new NewEvent(
        Ids.newEvent(),
        message.getAggregateIdentifier(),
        message.getSequenceNumber() + 1,
        at,
        EventOrigin.of(message.getMetaData()),
        encoded,
        event);
  }
}
