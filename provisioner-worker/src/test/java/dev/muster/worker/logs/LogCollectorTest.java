package dev.muster.worker.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.events.instance.Ids;
import dev.muster.events.instance.InstanceSpec;
import dev.muster.events.instance.RestartPolicy;
import dev.muster.worker.EventTopic;
import dev.muster.worker.ForwardingDriver;
import dev.muster.worker.LogTopic;
import dev.muster.worker.driver.Action;
import dev.muster.worker.driver.HostDriver;
import dev.muster.worker.driver.HostOutput;
import dev.muster.worker.driver.Output;
import dev.muster.worker.driver.Task;
import dev.muster.worker.driver.process.ProcessDriver;
import dev.muster.worker.host.Host;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, and a real topic. */
class LogCollectorTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path data;
  private final String instance = Ids.newInstance();
  private final String other = Ids.newInstance();
  private final AtomicLong missing = new AtomicLong();
  private EventTopic topic;
  private LogTopic logs;
  private LogSender sender;
  private HostDriver driver;

  @BeforeEach
  void connect() throws Exception {
    topic = new EventTopic();
    logs = new LogTopic(topic.kafka(), instance);
    sender = new LogSender(topic.kafka(), "test-logs");
    driver = new ProcessDriver("local", 10, data.resolve("local"));
  }

  @AfterEach
  void disconnect() throws Exception {
    for (var id : List.of(instance, other)) {
      driver.perform(new Task(id, "op_last", 1_000, new Action.Remove()));
    }
    sender.close();
    logs.close();
    topic.close();
  }

  @Test
  void what_it_prints_comes_line_by_line_and_its_end_at_last() throws Exception {
    run(instance, "echo one; printf 'two\\r\\n\\377\\000\\nunfinished'; exec sleep 600");
    var collector = collector(driver);
    lookUntil(collector, () -> driver.output().orElseThrow().printing().isEmpty());

    driver.perform(new Task(instance, "op_2", 2, new Action.Remove()));
    lookUntil(collector, () -> driver.output().orElseThrow().printing().isEmpty());

    var chunks = logs.awaitChunks(all -> !all.isEmpty() && all.getLast().last());
    assertThat(LogTopic.lines(chunks)).containsExactly("one", "two", "\ufffd\0", "unfinished");
    assertThat(chunks).filteredOn(chunk -> chunk.last()).hasSize(1);
  }

  @Test
  void a_worker_that_dies_before_it_marks_what_it_has_sent_leaves_nothing_out() throws Exception {
    run(instance, "seq 1 500; printf 50; exec sleep 600");
    await()
        .atMost(PATIENCE)
        .until(() -> driver.output().orElseThrow().printing().contains(instance));
    var dying =
        new ForwardingDriver(driver) {
          @Override
          public Optional<HostOutput> output() {
            return super.output().map(LogCollectorTest::neverTaken);
          }
        };
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> dies(collector(dying)));
    driver.perform(new Task(instance, "op_2", 2, new Action.Remove()));

    lookUntil(collector(driver), () -> driver.output().orElseThrow().printing().isEmpty());

    var chunks = logs.awaitChunks(all -> !all.isEmpty() && all.getLast().last());
    var lines = LogTopic.lines(chunks);
    assertThat(lines).hasSize(501).startsWith("1", "2", "3").endsWith("499", "500", "50");
    assertThat(chunks).hasSizeGreaterThan(1);
  }

  @Test
  void a_loud_instance_holds_nobody_up_and_a_line_says_what_is_missing() throws Exception {
    run(other, "yes loud | head -c 50000000; exec sleep 600");
    run(instance, "echo quiet; exec sleep 600");
    var collector = collector(driver);

    lookUntil(
        collector,
        () -> driver.output().orElseThrow().untaken(instance, 1).isEmpty() && missing.get() > 0);

    assertThat(LogTopic.lines(logs.awaitChunks(all -> !all.isEmpty()))).containsExactly("quiet");
    assertThat(missing.get()).isLessThan(50_000_000);
  }

  @Test
  void a_worker_that_starts_tells_again_what_was_told_last_for_the_topic_may_have_lost_it()
      throws Exception {
    run(instance, "yes before | head -c 100000; echo; echo hello; exec sleep 600");
    lookUntil(collector(driver), () -> driver.output().orElseThrow().printing().isEmpty());
    var first = logs.awaitChunks(all -> LogTopic.lines(all).contains("hello"));
    var later = new LogTopic(topic.kafka(), instance);

    collector(driver).look();

    var again = later.awaitChunks(all -> LogTopic.lines(all).contains("hello"));
    later.close();
    assertThat(again.getLast().end()).isEqualTo(first.getLast().end());
    assertThat(LogTopic.lines(again)).hasSizeBetween(9_000, 9_400).startsWith("before");
    assertThat(driver.output().orElseThrow().printing()).isEmpty();
  }

  private static HostOutput neverTaken(HostOutput output) {
    return new HostOutput() {
      @Override
      public List<String> printing() {
        return output.printing();
      }

      @Override
      public Optional<Output> untaken(String instanceId, int atMost) {
        return output.untaken(instanceId, atMost);
      }

      @Override
      public void taken(Output taken, int count) {
        throw new IllegalStateException("killed");
      }
    };
  }

  private static boolean dies(LogCollector collector) throws InterruptedException {
    try {
      collector.look();
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  private void run(String id, String script) throws Exception {
    var spec =
        new InstanceSpec(
            "test",
            "us-east-1",
            null,
            List.of("sh", "-c", script),
            Map.of(),
            null,
            null,
            RestartPolicy.NEVER);
    driver.perform(new Task(id, "op_1", 1, new Action.Start(spec)));
    await().atMost(PATIENCE).until(() -> driver.output().orElseThrow().printing().contains(id));
  }

  private LogCollector collector(HostDriver of) {
    var counter =
        new LogCounter() {
          @Override
          public void collected(long bytes) {}

          @Override
          public void missing(long bytes) {
            missing.addAndGet(bytes);
          }
        };
    return new LogCollector(new Host("local", "us-east-1", "process", 10, of), sender, counter);
  }

  @FunctionalInterface
  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void lookUntil(LogCollector collector, Condition condition) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              collector.look();
              return condition.holds();
            });
  }
}
