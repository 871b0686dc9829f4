package dev.muster.worker.driver.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A process whose first thread has ended, and another of whose threads goes on. */
@EnabledIfSystemProperty(named = "os.arch", matches = "amd64")
class OsProcessTest {

  /** 60 is exit, of one thread. */
  private static final String FIRST_THREAD_ENDS =
      "threads->create(sub { sleep 1 while 1 }); syscall(60, 0)";

  private Process process;

  @BeforeEach
  void start() throws IOException {
    process = new ProcessBuilder("perl", "-Mthreads", "-e", FIRST_THREAD_ENDS).start();
    await()
        .until(() -> new ProcessBuilder("grep", "-q", "State:.Z", status()).start().waitFor() == 0);
  }

  @AfterEach
  void end() {
    process.destroyForcibly();
  }

  @Test
  void lives_until_its_last_thread_ends() throws Exception {
    assertThat(look().alive()).isTrue();
    assertThat(look().goesOn()).isTrue();

    process.destroyForcibly().waitFor();

    assertThat(OsProcess.read(process.pid()).filter(OsProcess::alive)).isEmpty();
  }

  @Test
  void is_stopped_when_each_of_its_threads_is() {
    assertThat(look().stopped()).isFalse();

    Posix.kill(process.pid(), Posix.SIGSTOP);
    await().until(() -> look().stopped());

    Posix.kill(process.pid(), Posix.SIGCONT);
    await().until(() -> look().goesOn());
  }

  private String status() {
    return "/proc/%d/status".formatted(process.pid());
  }

  private OsProcess look() {
    return OsProcess.read(process.pid()).orElseThrow();
  }
}
