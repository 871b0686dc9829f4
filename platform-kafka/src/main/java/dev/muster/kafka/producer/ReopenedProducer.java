package dev.muster.kafka.producer;

import dev.muster.events.kafka.KafkaClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/** A producer that is opened when it is needed: at first, and after it was dropped or closed. */
public final class ReopenedProducer implements AutoCloseable {

  private final Supplier<Producer<String, byte[]>> opening;
  private final Duration closeWithin;
  private @Nullable Producer<String, byte[]> producer;

  /** One that is closed at once, whatever it still holds. */
  public ReopenedProducer(KafkaClients kafka, String clientId) {
    this(kafka, clientId, Duration.ZERO);
  }

  /**
   * @param closeWithin how long closing waits for what was sent
   */
  public ReopenedProducer(KafkaClients kafka, String clientId, Duration closeWithin) {
    this(() -> kafka.producer(clientId), closeWithin);
  }

  public ReopenedProducer(Supplier<Producer<String, byte[]>> opening, Duration closeWithin) {
    this.opening = opening;
    this.closeWithin = closeWithin;
  }

  /**
   * The open one.
   *
   * @throws KafkaException when it cannot be opened
   */
  public synchronized Producer<String, byte[]> get() {
    var open = producer;
    if (open == null) {
      open = opening.get();
      producer = open;
    }
    return open;
  }

  /** Closes that one at once, and what it still holds is not sent; the next is another. */
  public synchronized void drop(Producer<String, byte[]> failed) {
    failed.close(Duration.ZERO);
    if (producer == failed) {
      producer = null;
    }
  }

  /**
   * Sends the records in this order. Returns when the broker has acknowledged all of them.
   *
   * @throws RecordTooLargeException when one of them is
   * @throws ExecutionException when it refuses one; it may have any of the others
   * @throws TimeoutException when it does not answer in time; it may have any of them
   * @throws KafkaException when it cannot be reached
   */
  public List<RecordMetadata> write(List<ProducerRecord<String, byte[]>> records, Duration within)
      throws ExecutionException, TimeoutException, InterruptedException {
    return write(get(), records, within);
  }

  /**
   * Like {@link #write}, and drops the producer when that fails, so that what failed does not
   * happen later. What is too large fails alone: the others' records fit.
   */
  public List<RecordMetadata> writeOrDrop(
      List<ProducerRecord<String, byte[]>> records, Duration within)
      throws ExecutionException, TimeoutException, InterruptedException {
    var open = get();
    try {
      return write(open, records, within);
    } catch (RecordTooLargeException e) {
      throw e;
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      drop(open);
      throw e;
    }
  }

  private static List<RecordMetadata> write(
      Producer<String, byte[]> open, List<ProducerRecord<String, byte[]>> records, Duration within)
      throws ExecutionException, TimeoutException, InterruptedException {
    var until = System.nanoTime() + within.toNanos();
    var sent = new ArrayList<Future<RecordMetadata>>(records.size());
    for (var record : records) {
      sent.add(open.send(record));
    }
    var written = new ArrayList<RecordMetadata>(records.size());
    for (var one : sent) {
      written.add(await(one, until - System.nanoTime()));
    }
    return written;
  }

  private static RecordMetadata await(Future<RecordMetadata> sent, long nanos)
      throws ExecutionException, TimeoutException, InterruptedException {
    try {
      return sent.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RecordTooLargeException tooLarge) {
        throw tooLarge;
      }
      throw e;
    }
  }

  @Override
  public synchronized void close() {
    if (producer != null) {
      producer.close(closeWithin);
      producer = null;
    }
  }
}
