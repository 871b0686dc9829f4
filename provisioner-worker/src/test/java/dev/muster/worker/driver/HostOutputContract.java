package dev.muster.worker.driver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.events.instance.Ids;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the output of a host promises, for the test of a driver that has it. */
public interface HostOutputContract extends HostDriverFixture {

  private HostOutput opened() throws Exception {
    return open().output().orElseThrow();
  }

  @Test
  default void what_it_prints_is_shown_until_it_is_taken() throws Exception {
    var output = started().output().orElseThrow();
    await().until(() -> opened().printing().contains(instance()));
    var printed = opened().untaken(instance(), 1_000).orElseThrow();

    assertThat(output.untaken(instance(), 1).orElseThrow().bytes()).hasSize(1);
    output.taken(printed, printed.bytes().length);

    assertThat(new String(printed.bytes(), UTF_8)).endsWith("\n");
    assertThat(List.of(printed.offset(), printed.missing())).containsOnly(0L);
    assertThat(printed.last()).isFalse();
    assertThat(output.untaken(instance(), 1_000)).isEmpty();
    assertThat(opened().untaken(instance(), 1_000)).isEmpty();
    assertThat(output.printing()).doesNotContain(instance());
    assertThat(opened().untaken(Ids.newInstance(), 1_000)).isEmpty();
  }

  @Test
  default void what_a_removed_instance_has_printed_is_there_until_it_is_taken() throws Exception {
    var driver = started();
    var output = driver.output().orElseThrow();
    await().until(() -> output.printing().contains(instance()));
    output.taken(output.untaken(instance(), 1).orElseThrow(), 1);

    driver.perform(task(2, new Action.Remove()));
    driver.perform(task(2, new Action.Remove()));

    assertThat(opened().printing()).contains(instance());
    assertThat(opened().untaken(instance(), 1).orElseThrow().last()).isFalse();
    var rest = opened().untaken(instance(), 1_000).orElseThrow();
    assertThat(rest.offset()).isEqualTo(1);
    assertThat(rest.last()).isTrue();
    opened().taken(rest, rest.bytes().length);
    assertThat(opened().printing()).doesNotContain(instance());
    assertThat(opened().untaken(instance(), 1_000)).isEmpty();
  }
}
