package dev.muster.query.live;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.query.instance.history.History;
import dev.muster.web.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Events that are no longer in memory, read from the topic. */
@Component
final class PastEvents {

  private static final Logger log = LoggerFactory.getLogger(PastEvents.class);

  /** Records are stamped by the publisher, events by whoever decided: their clocks may differ. */
  private static final Duration SLACK = Duration.ofMinutes(2);

  private static final Duration FETCH_WAIT = Duration.ofMillis(500);

  private final KafkaClients kafka;
  private final EventFrames frames;
  private final History history;
  private final PositionIndex index;
  private final AtomicLong opened = new AtomicLong();

  PastEvents(KafkaClients kafka, EventFrames frames, History history, PositionIndex index) {
    this.kafka = kafka;
    this.frames = frames;
    this.history = history;
    this.index = index;
  }

  /**
   * The events from that position on; to be closed.
   *
   * @throws KafkaException when the broker does not answer
   */
  PastReading from(long position) {
    var consumer =
        kafka.reader("query-past-" + opened.incrementAndGet(), EventTopic.FETCH_BYTES, FETCH_WAIT);
    var reading = new PastReading(consumer, frames, position);
    try {
      index.before(position).ifPresentOrElse(reading::begin, () -> reading.begin(since(position)));
      return reading;
    } catch (RuntimeException e) {
      reading.close();
      throw e;
    }
  }

  /** Without a read store all of the topic is read. */
  private Optional<Instant> since(long position) {
    try {
      return position == 0
          ? Optional.empty()
          : history.timeAt(position).map(time -> time.minus(SLACK));
    } catch (ProblemException e) {
      log.warn("read store does not say when it was; reads from the beginning pos={}", position);
      return Optional.empty();
    }
  }
}
