package dev.muster.query.projection;

import dev.muster.events.codec.EventCodec;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.kafka.projection.Position;
import dev.muster.kafka.projection.ProjectedBatch;
import dev.muster.kafka.topic.RecordLookup;
import dev.muster.query.projection.Retries.Due;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/**
 * Tries dead letters again, one at a time, in the thread that projects their partition. A retry
 * concerns one instance: its history is folded on from where it stood still, and no other instance
 * waits for it.
 */
@Component
final class DeadLetterRetrier {

  private static final Logger log = LoggerFactory.getLogger(DeadLetterRetrier.class);
  private static final long REST_NANOS = 10_000_000_000L;

  private final MongoOperations mongo;
  private final ProjectionSinks to;
  private final Retries retries;
  private final RecordLookup topic;
  private final EventCodec codec = new EventCodec();
  private long restsUntil = System.nanoTime();

  DeadLetterRetrier(
      MongoOperations mongo, ProjectionSinks to, Retries retries, KafkaClients kafka) {
    this.mongo = mongo;
    this.to = to;
    this.retries = retries;
    this.topic = new RecordLookup(kafka, "query-retries");
  }

  /** What came of the next retry that is due in the partitions held. */
  Optional<ProjectedBatch> next(Collection<Position> held) {
    if (retries.isEmpty() || System.nanoTime() - restsUntil < 0) {
      return Optional.empty();
    }
    Map<Integer, Position> byPartition =
        held.stream().collect(Collectors.toMap(Position::partition, Function.identity()));
    return retries.due(byPartition).flatMap(this::tryAgain);
  }

  private Optional<ProjectedBatch> tryAgain(Due due) {
    try {
      var place = new TopicPartition(Topics.INSTANCE_EVENTS, due.position().partition());
      var record = topic.find(place, due.letter().offset());
      var attempt = record.map(found -> attempt(due, found)).orElseGet(() -> RetryResult.gone(due));
      return Optional.of(new RetryWork(due, attempt, to, retries));
    } catch (KafkaException e) {
      restsUntil = System.nanoTime() + REST_NANOS;
      log.warn(
          "broker does not give a record that is to be tried again; it is asked again."
              + " id={} retry_in_ms={} error=\"{}\"",
          due.letter().id(),
          REST_NANOS / 1_000_000,
          e.getMessage());
      return Optional.empty();
    }
  }

  private RetryResult attempt(Due due, ConsumerRecord<String, byte[]> record) {
    return switch (TopicMessage.read(record, codec)) {
      case TopicMessage.Known known -> replay(due, known);
      case TopicMessage.Opaque opaque -> RetryResult.failed(due, opaque.why());
      case TopicMessage.Garbage garbage -> RetryResult.failed(due, garbage.why());
    };
  }

  private RetryResult replay(Due due, TopicMessage.Known known) {
    var id = known.recorded().subject();
    var before = to.instances().of(Map.of(id, due.position().fill())).get(id);
    var replay = new FrozenInstanceReplay(known, before, codec);
    replay.fold(new HistoryAfter(mongo));
    return RetryResult.of(due, replay, known.record());
  }
}
