package dev.muster.worker.driver.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.worker.driver.Action;
import dev.muster.worker.driver.HostOutput;
import dev.muster.worker.driver.Output;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What instances on a Docker host print, taken by one worker after the other. */
class DockerOutputTest {

  private static TestEngine engine;

  private DockerHost host;
  private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
  private final Random random = new Random(7);

  @BeforeAll
  static void find_an_engine() {
    engine = TestEngine.open();
  }

  @BeforeEach
  void begin() {
    host = DockerHost.on(engine);
  }

  @AfterEach
  void end() {
    host.close();
  }

  private HostOutput output() {
    return host.open().output().orElseThrow();
  }

  /** A part of what is there, by a worker that is new. */
  private void takeSome() {
    output().untaken(host.instance(), 1 + random.nextInt(3_000)).ifPresent(this::take);
  }

  private void take(Output output) {
    assertThat(output.offset()).isEqualTo(taken.size());
    assertThat(output.missing()).isZero();
    var count = output.last() ? output.bytes().length : random.nextInt(output.bytes().length + 1);
    taken.write(output.bytes(), 0, count);
    output().taken(output, count);
  }

  @Test
  void nothing_is_doubled_or_lost_though_each_part_is_taken_by_another_worker() throws Exception {
    host.run("i=0; while [ $i -lt 3000 ]; do echo line $i; i=$((i + 1)); done; sleep 600");

    var all = new StringBuilder();
    IntStream.range(0, 3000).forEach(i -> all.append("line ").append(i).append('\n'));
    await()
        .pollDelay(Duration.ZERO)
        .until(
            () -> {
              takeSome();
              return taken.size() >= all.length();
            });

    assertThat(taken.toString(UTF_8)).isEqualTo(all.toString());
  }

  @Test
  void what_is_slowly_printed_is_found_by_its_time_after_seconds() throws Exception {
    host.run("for i in $(seq 50); do echo $i; sleep 0.1; done; sleep 600");
    var all = new StringBuilder();
    IntStream.rangeClosed(1, 50).forEach(i -> all.append(i).append('\n'));

    await()
        .until(
            () -> {
              takeSome();
              return taken.size() >= all.length();
            });

    assertThat(taken.toString(UTF_8)).isEqualTo(all.toString());
    assertThat(output().untaken(host.instance(), 10)).isEmpty();
  }

  @Test
  void both_streams_and_long_lines_arrive_and_what_is_no_text_is_replaced() throws Exception {
    host.run(
        "printf '\\377\\000\\n'; sleep 0.2; echo é >&2; sleep 0.2;"
            + " head -c 100000 /dev/zero | tr '\\000' x; echo; echo end; sleep 600");

    var all = "\uFFFD\0\né\n" + "x".repeat(100_000) + "\nend\n";
    await().untilAsserted(() -> assertThat(host.printed()).isEqualTo(all));
  }

  @Test
  void output_of_several_runs_is_one_after_the_other() throws Exception {
    host.run("echo first; sleep 600");
    await().until(() -> host.printed().equals("first\n"));
    host.start(2, DockerHost.spec(List.of("sh", "-c", "echo second; sleep 600")));

    await()
        .until(
            () -> {
              takeSome();
              return taken.size() >= 13;
            });

    assertThat(taken.toString(UTF_8)).isEqualTo("first\nsecond\n");
    assertThat(engine.containers(host.name())).hasSize(2);
  }

  @Test
  void what_nobody_takes_is_lost_once_it_is_too_much_and_the_rest_is_there() throws Exception {
    host.run(
        "echo begun; until [ -e /tmp/go ]; do sleep 0.05; done;"
            + " head -c 40000000 /dev/zero | tr '\\000' x; echo; echo end; sleep 600");
    await().until(() -> host.printed().equals("begun\n"));
    output().taken(output().untaken(host.instance(), 3).orElseThrow(), 3);
    host.exec("touch /tmp/go");
    await().until(() -> output().untaken(host.instance(), 100).orElseThrow().missing() > 0);

    var rest = new StringBuilder();
    await()
        .until(
            () -> {
              var some = output().untaken(host.instance(), 4_000_000);
              some.ifPresent(more -> rest.append(new String(more.bytes(), UTF_8)));
              some.ifPresent(more -> output().taken(more, more.bytes().length));
              return rest.toString().endsWith("x\nend\n");
            });

    assertThat(rest.length()).isBetween(10_000_000, 40_000_000);
    assertThat(output().untaken(host.instance(), 100)).isEmpty();
  }

  @Test
  void the_last_of_a_removed_instance_takes_its_container_away() throws Exception {
    host.run("echo once; sleep 600");
    host.perform(2, new Action.Remove());

    await()
        .until(
            () -> {
              takeSome();
              return engine.containers(host.name()).stream().allMatch(EngineContainer::isRecord);
            });

    assertThat(taken.toString(UTF_8)).isEqualTo("once\n");
    assertThat(output().printing()).isEmpty();
  }
}
