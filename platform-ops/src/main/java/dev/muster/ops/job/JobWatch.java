package dev.muster.ops.job;

import dev.muster.ops.ready.ReadinessCheck;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells of all jobs of a process: in one part of its readiness, and in metrics for each. */
public final class JobWatch implements ReadinessCheck {

  private final List<JobLoop> jobs;

  public JobWatch(List<JobLoop> jobs, MeterRegistry registry) {
    this.jobs = List.copyOf(jobs);
    jobs.forEach(job -> register(job, registry));
  }

  @Override
  public String part() {
    return "background jobs";
  }

  @Override
  public Optional<String> missing() {
    var down =
        jobs.stream()
            .flatMap(job -> job.down().map(why -> "%s (%s)".formatted(job.name(), why)).stream())
            .collect(Collectors.joining(", "));
    return down.isEmpty() ? Optional.empty() : Optional.of("failed and begin again: " + down);
  }

  private static void register(JobLoop job, MeterRegistry registry) {
    FunctionCounter.builder("muster.job.failures", job, JobLoop::failures)
        .description("Failures after which a background job began again")
        .tag("job", job.name())
        .register(registry);
    Gauge.builder("muster.job.down", job, each -> each.down().isPresent() ? 1 : 0)
        .description("1 while a background job is down")
        .tag("job", job.name())
        .strongReference(true)
        .register(registry);
  }
}
