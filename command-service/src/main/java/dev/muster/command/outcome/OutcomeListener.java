package dev.muster.command.outcome;

import dev.muster.command.background.BackgroundJob;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes what workers report. Outcomes of one instance are recorded in order, those of different
 * ones side by side; an offset is committed when everything before it is recorded.
 */
@Component
final class OutcomeListener extends BackgroundJob {

  private static final Logger log = LoggerFactory.getLogger(OutcomeListener.class);
  private static final String GROUP = "command-outcomes";
  private static final Duration POLL = Duration.ofMillis(500);

  private final KafkaClients kafka;
  private final OutcomeHandler handler;
  private volatile @Nullable Consumer<String, byte[]> consumer;

  OutcomeListener(KafkaClients kafka, OutcomeHandler handler) {
    super("outcome-listener");
    this.kafka = kafka;
    this.handler = handler;
  }

  @Override
  protected void work() throws InterruptedException {
    try (var member = kafka.groupConsumer(GROUP, GROUP);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      consumer = member;
      member.subscribe(List.of(Topics.PROVISIONING_OUTCOMES));
      try {
        while (isRunning()) {
          handle(member, member.poll(POLL), threads);
        }
      } catch (WakeupException e) {
        log.debug("{} stops", name());
      } finally {
        consumer = null;
        // What is not recorded yet is not committed either, and comes again.
        threads.shutdownNow();
      }
    }
  }

  @Override
  protected void wake(Thread working) {
    var member = consumer;
    if (member == null) {
      working.interrupt();
    } else {
      member.wakeup();
    }
  }

  private void handle(
      Consumer<String, byte[]> member,
      ConsumerRecords<String, byte[]> records,
      ExecutorService threads)
      throws InterruptedException {
    if (records.isEmpty()) {
      return;
    }
    var running =
        byInstance(records).values().stream()
            .map(one -> threads.submit(() -> handle(one)))
            .toList();
    while (isRunning() && !finished(running)) {
      keepMembership(member);
    }
    if (isRunning()) {
      commit(member, records);
    }
  }

  private @Nullable Void handle(List<ConsumerRecord<String, byte[]>> ofOneInstance)
      throws InterruptedException {
    for (var message : ofOneInstance) {
      handler.handle(message);
    }
    return null;
  }

  // While the store is away, polling without taking anything keeps the partitions with us.
  private static void keepMembership(Consumer<String, byte[]> member) {
    member.pause(member.assignment());
    var none = member.poll(Duration.ZERO);
    if (!none.isEmpty()) {
      none.partitions().forEach(partition -> seekBack(member, none, partition));
    }
  }

  // A partition that was assigned during that very poll was not paused yet.
  private static void seekBack(
      Consumer<String, byte[]> member,
      ConsumerRecords<String, byte[]> records,
      TopicPartition partition) {
    member.seek(partition, records.records(partition).getFirst().offset());
  }

  private void commit(Consumer<String, byte[]> member, ConsumerRecords<String, byte[]> records) {
    member.resume(member.paused());
    var done = new HashMap<TopicPartition, OffsetAndMetadata>();
    for (var partition : records.partitions()) {
      if (member.assignment().contains(partition)) {
        var last = records.records(partition).getLast().offset();
        done.put(partition, new OffsetAndMetadata(last + 1));
      }
    }
    try {
      member.commitSync(done);
    } catch (WakeupException e) {
      throw e;
    } catch (KafkaException e) {
      log.warn("commit_failed group={}: these outcomes come again, and change nothing", GROUP, e);
    }
  }

  private static boolean finished(List<? extends Future<?>> running) throws InterruptedException {
    var until = System.nanoTime() + POLL.toNanos();
    for (var one : running) {
      var left = Duration.ofNanos(Math.max(0, until - System.nanoTime()));
      try {
        one.get(left.toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        return false;
      } catch (ExecutionException e) {
        throw new IllegalStateException("an outcome was not recorded", e);
      }
    }
    return true;
  }

  private static Map<String, List<ConsumerRecord<String, byte[]>>> byInstance(
      ConsumerRecords<String, byte[]> records) {
    return StreamSupport.stream(records.spliterator(), false)
        .collect(Collectors.groupingBy(message -> String.valueOf(message.key())));
  }
}
