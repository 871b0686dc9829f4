package dev.muster.ops.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BackgroundJobTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Job job = new Job();
  private final JobWatch watch = new JobWatch(List.of(job.loop()), registry);

  @AfterEach
  void stop() {
    job.stop();
  }

  static Stream<Throwable> whatever() {
    return Stream.of(
        new StackOverflowError(),
        new NoClassDefFoundError("gone"),
        new IllegalStateException("unexpected"),
        new InterruptedException("nobody asked it to stop"));
  }

  @ParameterizedTest
  @MethodSource("whatever")
  void a_job_begins_again_whatever_ended_it(Throwable end) throws Exception {
    job.start();
    job.awaitRun();

    job.end(end);

    job.awaitRun();
    assertThat(registry.get("muster.job.failures").tag("job", "sample").functionCounter().count())
        .isEqualTo(1);
  }

  @Test
  void a_process_is_not_ready_while_a_job_is_down() throws Exception {
    job.start();
    job.awaitRun();
    assertThat(watch.missing()).isEmpty();

    job.end(new StackOverflowError());

    job.awaitRun();
    assertThat(watch.missing()).contains("failed and begin again: sample (StackOverflowError)");
    assertThat(registry.get("muster.job.down").tag("job", "sample").gauge().value()).isOne();
  }

  @Test
  void a_job_that_is_stopped_does_not_begin_again() throws Exception {
    job.start();
    job.awaitRun();

    job.stop();

    assertThat(job.runs).isEmpty();
    assertThat(job.loop().failures()).isZero();
  }

  private static final class Job extends BackgroundJob {

    private final LinkedBlockingQueue<Integer> runs = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Throwable> ends = new LinkedBlockingQueue<>();
    private int count;

    Job() {
      super("sample");
    }

    void awaitRun() throws InterruptedException {
      @Nullable Integer run = runs.poll(30, TimeUnit.SECONDS);
      assertThat(run).as("the next run").isNotNull();
    }

    void end(Throwable how) {
      ends.add(how);
    }

    @Override
    protected void work() throws Exception {
      runs.add(++count);
      switch (ends.take()) {
        case Exception e -> throw e;
        case Error e -> throw e;
        case Throwable e -> throw new IllegalStateException(e);
      }
    }
  }
}
