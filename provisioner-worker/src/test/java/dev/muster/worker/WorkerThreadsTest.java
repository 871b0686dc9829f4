package dev.muster.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkerThreadsTest {

  @Test
  void what_fails_is_run_again_until_it_ends_well() throws Exception {
    var threads = new WorkerThreads(Duration.ofMillis(1));
    var runs = new AtomicInteger();

    threads
        .begin(
            "flaky",
            () -> {
              switch (runs.incrementAndGet()) {
                case 1 -> throw new StackOverflowError("of a test");
                case 2 -> throw new IllegalArgumentException("of a test");
                default -> {}
              }
            })
        .join();

    assertThat(runs).hasValue(3);
    assertThat(threads.failures()).isEqualTo(2);
    assertThat(threads.down()).isEmpty();
  }

  @Test
  void what_has_failed_is_named_and_does_not_keep_the_others_from_ending() throws Exception {
    var threads = new WorkerThreads(Duration.ofMinutes(1));
    var thread =
        threads.begin(
            "broken",
            () -> {
              throw new NoClassDefFoundError("of a test");
            });
    await().until(() -> threads.down().contains("broken (NoClassDefFoundError)"));

    threads.end();
    thread.join();

    assertThat(threads.failures()).isEqualTo(1);
  }

  @Test
  void nothing_begins_once_they_were_told_to_end() {
    var threads = new WorkerThreads();
    var begun = new CountDownLatch(1);

    threads.end();
    threads.begin("late", begun::countDown);

    threads.join(Duration.ofMillis(1));
    assertThat(begun.getCount()).isEqualTo(1);
  }
}
