package dev.muster.command;

import dev.muster.events.codec.EventRecords;
import dev.muster.events.codec.EventType;
import dev.muster.events.codec.OperatorEventCodec;
import dev.muster.events.envelope.RecordedEvent;
import dev.muster.events.kafka.Topics;
import dev.muster.events.operator.OperatorEvent;
import java.util.List;

/** An event of an operator as it was published. */
record Recorded<E extends OperatorEvent>(RecordedEvent recorded, E event) {

  /** All of that type so far. */
  static <E extends OperatorEvent> List<Recorded<E>> ofOperators(String broker, Class<E> type) {
    var codec = new OperatorEventCodec();
    return new TopicContent(broker, Topics.ACCESS_EVENTS)
        .records().stream()
            .map(EventRecords::read)
            .filter(recorded -> !EventType.isOfKey(recorded.encoded().type()))
            .map(recorded -> new Read(recorded, codec.decode(recorded.encoded())))
            .filter(read -> type.isInstance(read.event()))
            .map(read -> new Recorded<>(read.recorded(), type.cast(read.event())))
            .toList();
  }

  private record Read(RecordedEvent recorded, OperatorEvent event) {}
}
