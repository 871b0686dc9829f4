package dev.muster.worker.report;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.kafka.producer.ReopenedProducer;
import dev.muster.ops.ready.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends to Kafka. What must not be lost is tried until the broker takes it, since a report is
 * nowhere else; in the meantime {@link #refusal} says so.
 */
public final class Publisher implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Publisher.class);

  private final ReopenedProducer producer;
  private volatile @Nullable String refused;

  public Publisher(KafkaClients kafka, String clientId) {
    this.producer = new ReopenedProducer(kafka, clientId, Duration.ofSeconds(2));
    var unused = producer.get(); // settings that no producer takes end the start
  }

  /**
   * Returns once the broker has acknowledged the record, which may then be there more than once.
   *
   * @throws InterruptedException when the caller is told to end first
   * @throws RecordTooLargeException when no broker will ever take it
   */
  public RecordMetadata publish(ProducerRecord<String, byte[]> record) throws InterruptedException {
    var backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));
    while (true) {
      var current = producer.get();
      try {
        var taken = current.send(record).get();
        refused = null;
        return taken;
      } catch (InterruptException e) {
        throw (InterruptedException) new InterruptedException().initCause(e);
      } catch (ExecutionException e) {
        failed(record, current, e.getCause() == null ? e : e.getCause());
      } catch (KafkaException | IllegalStateException e) {
        failed(record, current, e);
      }
      backoff.pause();
    }
  }

  /**
   * Sends them in this order, and tries nothing again. True once the broker has acknowledged all of
   * them; false when it has not within that time, or has refused one, and may have any of them.
   */
  public boolean publish(List<ProducerRecord<String, byte[]>> records, Duration patience)
      throws InterruptedException {
    var until = System.nanoTime() + patience.toNanos();
    var current = producer.get();
    var record = records.getFirst();
    try {
      for (var sent : records.stream().map(current::send).toList()) {
        sent.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
      }
      refused = null;
      return true;
    } catch (InterruptException e) {
      throw (InterruptedException) new InterruptedException().initCause(e);
    } catch (ExecutionException e) {
      failed(record, current, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException | KafkaException | IllegalStateException e) {
      failed(record, current, e);
    }
    return false;
  }

  /** Why the broker did not take the newest record; empty when it did. */
  public Optional<String> refusal() {
    return Optional.ofNullable(refused);
  }

  /** Sends without waiting; what is lost meanwhile is of no use later. */
  public void offer(ProducerRecord<String, byte[]> record) {
    offer(record, _ -> {});
  }

  /**
   * Sends without waiting; what is lost meanwhile is of no use later.
   *
   * @param taken told where the broker put it, if it did
   */
  public void offer(ProducerRecord<String, byte[]> record, Consumer<RecordMetadata> taken) {
    try {
      producer
          .get()
          .send(
              record,
              (where, failure) -> {
                if (failure == null) {
                  taken.accept(where);
                } else {
                  log.debug("not sent topic={} key={}", record.topic(), record.key(), failure);
                }
              });
    } catch (KafkaException | IllegalStateException e) {
      log.debug("not sent topic={} key={}", record.topic(), record.key(), e);
    }
  }

  private void failed(
      ProducerRecord<String, byte[]> record, Producer<String, byte[]> used, Throwable cause) {
    if (cause instanceof RecordTooLargeException tooLarge) {
      throw tooLarge;
    }
    refused = "the broker takes no reports: " + cause.getClass().getSimpleName();
    log.warn(
        "the broker took no record and is tried again, check that it is up"
            + " topic={} instance_id={} cause={}",
        record.topic(),
        record.key(),
        String.valueOf(cause));
    // An idempotent producer that met a fatal error takes no record any more.
    if (!(cause instanceof RetriableException || cause instanceof TimeoutException)) {
      producer.drop(used);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
