package dev.muster.kafka.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyedExecutorTest {

  @Test
  void jobs_of_one_key_keep_their_order() {
    var done = new ConcurrentLinkedQueue<Integer>();
    try (var executor = new KeyedExecutor(8)) {
      for (int i = 0; i < 100; i++) {
        int number = i;
        executor.submit("a", () -> done.add(number));
      }
      await().until(() -> executor.waiting() == 0);
    }

    assertThat(done).containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
  }

  @Test
  void a_job_that_fails_keeps_neither_its_lane_nor_its_place() {
    var done = new AtomicInteger();
    try (var executor = new KeyedExecutor(1)) {
      executor.submit(
          "a",
          () -> {
            throw new StackOverflowError("of a test");
          });
      executor.submit("a", done::incrementAndGet);

      await().until(() -> executor.waiting() == 0);
    }

    assertThat(done).hasValue(1);
  }

  @Test
  void so_many_are_at_work_at_once_and_no_more() {
    var begun = new AtomicInteger();
    var gate = new Semaphore(0);
    try (var executor = new KeyedExecutor(3)) {
      for (var key : List.of("a", "b", "c", "d", "e")) {
        executor.submit(
            key,
            () -> {
              begun.incrementAndGet();
              gate.acquireUninterruptibly();
            });
      }
      await().until(() -> begun.get() == 3);
      assertThat(executor.waiting()).isEqualTo(5);

      gate.release();
      await().until(() -> begun.get() == 4);
      assertThat(executor.waiting()).isEqualTo(4);

      gate.release(4);
      await().until(() -> executor.waiting() == 0);
    }
    assertThat(begun).hasValue(5);
  }

  @Test
  void what_has_no_place_when_they_close_is_not_begun() {
    var begun = new AtomicInteger();
    var gate = new Semaphore(0);
    var executor = new KeyedExecutor(1);
    executor.submit(
        "a",
        () -> {
          begun.incrementAndGet();
          gate.acquireUninterruptibly();
        });
    await().until(() -> begun.get() == 1);
    executor.submit("b", begun::incrementAndGet);

    var closing = Thread.ofVirtual().start(executor::close);
    await().until(() -> executor.waiting() == 1);
    gate.release();
    await().until(() -> executor.waiting() == 0);

    await().until(() -> !closing.isAlive());
    assertThat(begun).hasValue(1);
  }
}
