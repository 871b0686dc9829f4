package dev.muster.command.topic;

import dev.muster.events.kafka.KafkaClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes records of several topics together: readers see all of them, or none ever. */
@Component
public final class AtomicWriter implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final KafkaClients kafka;
  private final String transactionalId;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Producer<String, byte[]> producer;

  AtomicWriter(KafkaClients kafka, WriterId id) {
    this.kafka = kafka;
    this.transactionalId = id.text();
  }

  /**
   * Returns when the broker has acknowledged all of them, with where they are.
   *
   * @throws BrokerUnavailableException when it does not in time; they may be there all the same
   * @throws TooLargeException when it never will, because of one of them
   */
  public List<RecordMetadata> write(List<ProducerRecord<String, byte[]>> records) {
    try {
      if (!lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new BrokerUnavailableException("others wait for the broker already", null);
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    try {
      return transaction(open(), records);
    } catch (TooLargeException e) {
      throw e;
    } catch (ExecutionException | KafkaException e) {
      close();
      throw new BrokerUnavailableException("the broker does not take records", e);
    } catch (InterruptedException e) {
      close();
      throw interrupted(e);
    } finally {
      lock.unlock();
    }
  }

  /** What is under way is given up, and undone by the broker. */
  @Override
  public void close() {
    var open = producer;
    producer = null;
    if (open != null) {
      open.close(Duration.ZERO);
    }
  }

  private static BrokerUnavailableException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new BrokerUnavailableException("interrupted while the broker was waited for", e);
  }

  private static List<RecordMetadata> transaction(
      Producer<String, byte[]> producer, List<ProducerRecord<String, byte[]>> records)
      throws ExecutionException, InterruptedException {
    producer.beginTransaction();
    var sent = new ArrayList<Future<RecordMetadata>>();
    for (var record : records) {
      sent.add(producer.send(record));
    }
    producer.flush();
    for (var one : sent) {
      requireFits(one, producer);
    }
    producer.commitTransaction();
    var written = new ArrayList<RecordMetadata>();
    for (var one : sent) {
      written.add(one.get());
    }
    return written;
  }

  private static void requireFits(Future<RecordMetadata> sent, Producer<String, byte[]> producer) {
    if (sent.state() == Future.State.FAILED
        && sent.exceptionNow() instanceof RecordTooLargeException tooLarge) {
      producer.abortTransaction();
      throw new TooLargeException(tooLarge);
    }
  }

  private Producer<String, byte[]> open() {
    var open = producer;
    if (open == null) {
      open = kafka.transactionalProducer("command-atomic-writer", transactionalId);
      producer = open;
      open.initTransactions();
    }
    return open;
  }
}
