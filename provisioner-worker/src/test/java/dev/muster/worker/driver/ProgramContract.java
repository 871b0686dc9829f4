package dev.muster.worker.driver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.events.health.HealthSample;
import dev.muster.events.instance.Ids;
import dev.muster.events.instance.InstanceSpec;
import dev.muster.events.instance.RestartPolicy;
import dev.muster.worker.driver.ActionResult.Done;
import dev.muster.worker.driver.Observation.Ended;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every driver that runs programs promises to programs as people write them. */
public abstract class ProgramContract {

  protected final String instance = Ids.newInstance();

  /** Another driver for the host of this test, as after a restart of the worker. */
  protected final HostDriver open() throws Exception {
    return open(Duration.ofSeconds(10));
  }

  /** One that gives that long to end to what does not say how long it needs. */
  protected abstract HostDriver open(Duration stopTimeout) throws Exception;

  @Test
  void signals_have_their_default_meaning_and_none_is_blocked() throws Exception {
    run("sed -nE 's/^Sig(Blk|Ign):\t//p' /proc/self/status; exec sleep 600");

    await().until(() -> printed().lines().count() == 2);
    // The C library keeps 32 and 33 for itself.
    var known = ~(0b11L << 31);
    assertThat(printed().lines().map(set -> Long.parseUnsignedLong(set, 16) & known))
        .containsExactly(0L, 0L);
  }

  @Test
  void an_exit_code_over_128_is_no_signal() throws Exception {
    run("exit 150");

    await().untilAsserted(() -> assertThat(ended().exitCode()).isEqualTo(150));
    assertThat(ended().reason()).isEqualTo("the process ended with exit code 150");
  }

  @Test
  void a_signal_is_no_exit_code() throws Exception {
    run("kill -TERM $$");

    await().untilAsserted(() -> assertThat(ended().exitCode()).isEqualTo(128 + 15));
    assertThat(ended().reason()).isEqualTo("the process was ended by signal 15");
  }

  @Test
  void names_of_variables_are_carried_as_they_are() throws Exception {
    var env = Map.of("X.dot", "1", "a-b", "2", "-c", "3", "1", "4", "ä ö", "5");
    start(1, List.of("sh", "-c", "env | sort; exec sleep 600"), env);
    await().until(() -> !printed().isEmpty());
    takeAll();
    start(2, List.of("env"), env);

    await()
        .untilAsserted(
            () -> assertThat(printed()).contains("X.dot=1", "a-b=2", "-c=3", "1=4", "ä ö=5"));
  }

  @Test
  void who_saves_on_the_signal_has_ten_seconds() throws Exception {
    run("trap 'sleep 4; echo saved; exit 0' TERM; echo ready; while :; do sleep 0.1; done");
    await().until(() -> printed().equals("ready\n"));

    perform(2, new Action.Clear());

    assertThat(printed()).isEqualTo("ready\nsaved\n");
  }

  @Test
  void a_program_has_as_long_to_end_as_its_instance_asks_for() throws Exception {
    var spec =
        needing(60, "trap 'sleep 1; echo saved; exit' TERM; echo up; while :; do sleep 0.05; done");
    perform(1, new Action.Start(spec), open());
    await().until(() -> printed().contains("up"));

    perform(2, new Action.Start(spec), open(Duration.ZERO));

    assertThat(printed()).startsWith("up\nsaved\n");
  }

  @Test
  void a_stop_that_a_worker_left_behind_goes_on_and_asks_no_second_time() throws Exception {
    var spec =
        needing(600, "trap 'echo told' TERM; echo up; until [ -e die ]; do sleep 0.05; done");
    perform(1, new Action.Start(spec), open());
    await().until(() -> printed().contains("up"));
    var left = inBackground(2);
    await().until(() -> printed().contains("told"));
    left.interrupt();
    left.join();

    var next = inBackground(2);
    await().until(() -> next.getState() == Thread.State.TIMED_WAITING);
    tell("die");
    next.join();

    assertThat(printed().lines().filter("told"::equals)).hasSize(1);
  }

  @Test
  void a_restart_that_a_delete_has_overtaken_begins_no_run() throws Exception {
    var spec =
        needing(600, "trap 'echo told' TERM; echo up; until [ -e die ]; do sleep 0.05; done");
    perform(1, new Action.Start(spec), open());
    await().until(() -> printed().contains("up"));
    var result = new CompletableFuture<ActionResult>();
    Thread.ofPlatform()
        .start(
            () -> {
              try {
                result.complete(
                    open().perform(new Task(instance, "op_2", 2, new Action.Start(spec))));
              } catch (Exception e) {
                result.completeExceptionally(e);
              }
            });
    await().until(() -> printed().contains("told"));

    open().fence(instance, 4);
    tell("die");

    assertThat(result.get()).isEqualTo(new ActionResult.Superseded());
    assertThat(printed().lines().filter("up"::equals)).hasSize(1);
    perform(4, new Action.Remove(), open());
  }

  private Thread inBackground(long sequence) {
    return Thread.ofPlatform()
        .start(
            () -> {
              try {
                open().perform(new Task(instance, "op_" + sequence, sequence, new Action.Clear()));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
  }

  @Test
  void a_program_is_killed_after_the_time_that_its_instance_asks_for() throws Exception {
    var spec =
        needing(
            0,
            "trap 'i=0; while [ $i -lt 400 ]; do sleep 0.05; i=$((i + 1)); done; echo outlived'"
                + " TERM; echo up; while :; do sleep 0.05; done");
    perform(1, new Action.Start(spec), open());
    await().until(() -> printed().contains("up"));

    perform(2, new Action.Clear(), open(Duration.ofMinutes(10)));

    assertThat(printed()).doesNotContain("outlived");
  }

  /** Makes a file of that name where the program runs. */
  protected abstract void tell(String file) throws Exception;

  /** Of its instances; null where programs are those of the machine. */
  protected @Nullable String image() {
    return null;
  }

  protected final InstanceSpec needing(int stopTimeout, String script) {
    return new InstanceSpec(
        "test",
        "us-east-1",
        image(),
        List.of("sh", "-c", script),
        Map.of(),
        null,
        null,
        null,
        null,
        stopTimeout,
        RestartPolicy.NEVER,
        null);
  }

  protected final void run(String script) throws Exception {
    start(1, List.of("sh", "-c", script), Map.of());
  }

  protected final void start(long sequence, List<String> command, Map<String, String> env)
      throws Exception {
    var spec =
        new InstanceSpec(
            "test", "us-east-1", image(), command, env, null, null, RestartPolicy.NEVER);
    perform(sequence, new Action.Start(spec));
    open().startReported(instance, "op_" + sequence);
  }

  protected final void perform(long sequence, Action action) throws Exception {
    perform(sequence, action, open());
  }

  protected final void perform(long sequence, Action action, HostDriver by) throws Exception {
    assertThat(by.perform(new Task(instance, "op_" + sequence, sequence, action)))
        .isEqualTo(new Done());
  }

  /** All it has printed that nobody has taken. */
  protected final String printed() throws Exception {
    return open()
        .output()
        .orElseThrow()
        .untaken(instance, 1_000_000)
        .map(o -> new String(o.bytes(), UTF_8))
        .orElse("");
  }

  private void takeAll() throws Exception {
    var output = open().output().orElseThrow();
    output.untaken(instance, 1_000_000).ifPresent(all -> output.taken(all, all.bytes().length));
  }

  private Ended ended() throws Exception {
    var seen = open().observe().getFirst();
    assertThat(seen).isInstanceOf(Ended.class);
    return (Ended) seen;
  }

  protected final HealthSample sample(HostDriver driver) {
    return driver.sample(List.of(instance)).getFirst();
  }
}
