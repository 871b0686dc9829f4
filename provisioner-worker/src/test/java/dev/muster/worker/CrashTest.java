package dev.muster.worker;

import static dev.muster.worker.EventTopic.creation;
import static dev.muster.worker.EventTopic.deletion;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.events.instance.Ids;
import dev.muster.events.outcome.Outcome;
import dev.muster.events.outcome.Outcome.OperationSucceeded;
import dev.muster.infrastructure.TestServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers in JVMs of their own that are killed, or put to sleep, while they work. */
class CrashTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path data;
  private final String region = "r-" + Ids.newEvent().substring(3);
  private final String first = "w1-" + region;
  private final String second = "w2-" + region;
  private EventTopic topic;
  private Workers workers;

  @BeforeEach
  void connect() throws Exception {
    topic = new EventTopic();
    topic.shortSessions(region);
    workers = new Workers(topic, region, data);
  }

  @AfterEach
  void disconnect() throws Exception {
    workers.close();
    topic.close();
  }

  @Test
  void a_worker_killed_at_work_leaves_each_instance_with_one_process() throws Exception {
    var instances = create(40);
    for (int started : List.of(5, 20)) {
      var killed = workers.apart(first);
      await().atMost(PATIENCE).until(() -> topic.outcomes().size() >= started);
      killed.destroyForcibly().waitFor();
    }
    var last = workers.apart(first);

    await().atMost(PATIENCE).until(() -> succeeded().containsAll(instances));

    assertEachStartedOnce(instances);
    last.destroy();
    assertThat(last.waitFor()).isZero();
    assertThat(workers.report(first)).isEmpty();
  }

  @Test
  void what_a_killed_worker_had_in_hand_is_taken_up_by_another() throws Exception {
    var killed = workers.apart(first);
    workers.join(second);
    await().atMost(PATIENCE).until(() -> workers.share(first, second));
    var instances = create(40);
    await().atMost(PATIENCE).until(() -> !outcomesBy(first).isEmpty());

    killed.destroyForcibly().waitFor();

    await().atMost(PATIENCE).until(() -> succeeded().containsAll(instances));
    assertEachStartedOnce(instances);
  }

  @Test
  void a_worker_that_sleeps_at_work_and_wakes_again_leaves_each_instance_with_one_process()
      throws Exception {
    var sleeper = workers.apart(first);
    workers.join(second);
    await().atMost(PATIENCE).until(() -> workers.share(first, second));
    var instances = create(40);
    await().atMost(PATIENCE).until(() -> !outcomesBy(first).isEmpty());

    signal("STOP", sleeper);
    await().atMost(PATIENCE).until(() -> workers.partitions(second) == 4);
    signal("CONT", sleeper);

    await().atMost(PATIENCE).until(() -> succeeded().containsAll(instances));
    await().atMost(PATIENCE).until(() -> workers.share(first, second));
    assertEachStartedOnce(instances);
  }

  @Test
  void a_worker_that_wakes_after_its_tasks_were_done_and_undone_does_nothing() throws Exception {
    var files = Files.createDirectory(data.resolve("files"));
    var hosts = Files.createDirectories(data.resolve("hosts/local"));
    var sleeper =
        workers.program(
            FileGatedWorker.class,
            List.of(TestServers.shared().kafka(), region, hosts.toString(), files.toString()));
    var deleted = create(4);
    var kept = create(4);
    await().atMost(PATIENCE).until(() -> deleted.stream().allMatch(i -> waits(files, i)));
    await().atMost(PATIENCE).until(() -> kept.stream().allMatch(i -> waits(files, i)));

    signal("STOP", sleeper);
    workers.join(second);
    await().atMost(PATIENCE).until(() -> outcomesBy(second).containsAll(kept));
    await().atMost(PATIENCE).until(() -> outcomesBy(second).containsAll(deleted));
    for (var instance : deleted) {
      topic.send(2, deletion(instance, region, "local", Instant.now().plusSeconds(30)));
    }
    await().atMost(PATIENCE).until(() -> deleted.stream().noneMatch(this::isThere));
    Files.writeString(files.resolve(FileGatedWorker.GATE), "");
    signal("CONT", sleeper);

    await()
        .atMost(PATIENCE)
        .until(
            () -> deleted.stream().allMatch(i -> Files.exists(files.resolve(i + ".Superseded"))));
    await()
        .atMost(PATIENCE)
        .until(() -> kept.stream().allMatch(i -> Files.exists(files.resolve(i + ".Done"))));
    assertThat(deleted).noneMatch(this::isThere);
    assertEachStartedOnce(kept);
  }

  private List<String> create(int count) throws Exception {
    var instances = IntStream.range(0, count).mapToObj(_ -> Ids.newInstance()).toList();
    for (var instance : instances) {
      topic.send(1, creation(instance, workers.spec(), Instant.now().plusSeconds(120)));
    }
    return instances;
  }

  private void assertEachStartedOnce(List<String> instances) {
    await().atMost(PATIENCE).until(() -> starts(instances) >= instances.size());
    assertThat(instances).allSatisfy(one -> assertThat(workers.starts(one)).isEqualTo(1));
  }

  private int starts(List<String> instances) throws Exception {
    int sum = 0;
    for (var instance : instances) {
      sum += workers.starts(instance);
    }
    return sum;
  }

  private boolean isThere(String instance) {
    return Files.exists(workers.folder(instance));
  }

  private static boolean waits(Path files, String instance) {
    return Files.exists(files.resolve(instance + ".waits"));
  }

  private static void signal(String name, Process process) throws Exception {
    var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  private List<String> outcomesBy(String worker) {
    return topic.outcomes().stream()
        .filter(o -> o.worker().equals(worker))
        .map(Outcome::instanceId)
        .toList();
  }

  private List<String> succeeded() {
    return topic.outcomes().stream()
        .filter(OperationSucceeded.class::isInstance)
        .map(Outcome::instanceId)
        .toList();
  }
}
