package dev.muster.events.codec;

import dev.muster.events.kafka.Topics;
import dev.muster.events.outcome.Outcome;
import dev.muster.events.outcome.Outcome.OperationRefused;
import dev.muster.events.outcome.Outcome.OperationSucceeded;
import dev.muster.events.outcome.Outcome.RunEnded;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.time.ZoneOffset;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Outcomes as they stand in {@link Topics#PROVISIONING_OUTCOMES}: CloudEvents, like the events. */
public final class OutcomeRecords {

  private static final URI SOURCE = URI.create("/muster/workers");
  static final int REVISION = 1;

  private OutcomeRecords() {}

  public static ProducerRecord<String, byte[]> write(Outcome outcome) {
    var event =
        CloudEventBuilder.v1()
            .withId(outcome.outcomeId())
            .withSource(SOURCE)
            .withSubject(outcome.instanceId())
            .withType(CloudEvents.type(nameOf(outcome)))
            .withTime(outcome.at().atOffset(ZoneOffset.UTC))
            .withDataSchema(CloudEvents.schema(nameOf(outcome), REVISION))
            .withData("application/json", Json.write(outcome))
            .build();
    return CloudEvents.toRecord(Topics.PROVISIONING_OUTCOMES, outcome.instanceId(), event);
  }

  /**
   * @throws UnreadableMessageException when the record is not such a CloudEvent
   */
  public static Outcome read(ConsumerRecord<String, byte[]> record) {
    var event = CloudEvents.fromRecord(record);
    if (CloudEvents.revision(event) > REVISION) {
      throw new UnreadableMessageException(
          "%s has revision %d, and this version reads up to %d: upgrade it"
              .formatted(CloudEvents.name(event), CloudEvents.revision(event), REVISION));
    }
    var data = CloudEvents.data(event);
    return switch (CloudEvents.name(event)) {
      case "OperationSucceeded" -> Json.read(data, OperationSucceeded.class);
      case "OperationRefused" -> Json.read(data, OperationRefused.class);
      case "RunEnded" -> Json.read(data, RunEnded.class);
      case String other -> throw new UnreadableMessageException("no outcome '" + other + "'");
    };
  }

  static String nameOf(Outcome outcome) {
    return switch (outcome) {
      case OperationSucceeded _ -> "OperationSucceeded";
      case OperationRefused _ -> "OperationRefused";
      case RunEnded _ -> "RunEnded";
    };
  }
}
