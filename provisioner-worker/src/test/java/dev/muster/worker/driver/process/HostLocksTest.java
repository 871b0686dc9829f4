package dev.muster.worker.driver.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.events.instance.Ids;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostLocksTest {

  @TempDir Path folder;

  @Test
  void no_instance_waits_for_another_however_close_they_were_created() {
    var locks = new HostLocks(folder.resolve("locks"));

    for (int i = 0; i < 1_000; i++) {
      assertThat(locks.instanceNow(Ids.newInstance())).isPresent();
    }
  }

  @Test
  void an_instance_is_held_by_one_at_a_time() throws Exception {
    var locks = new HostLocks(folder.resolve("locks"));
    var id = Ids.newInstance();

    var held = locks.instanceNow(id).orElseThrow();
    assertThat(locks.instanceNow(id)).isEmpty();

    held.release();
    assertThat(locks.instanceNow(id)).isPresent();
  }
}
