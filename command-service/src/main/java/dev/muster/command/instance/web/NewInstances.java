package dev.muster.command.instance.web;

import dev.muster.command.region.Regions;
import dev.muster.command.settings.CommandSettings;
import dev.muster.command.worker.ReportedWorkers;
import dev.muster.events.instance.InstanceSpec;
import dev.muster.events.instance.Limits;
import dev.muster.web.body.ValidationErrors;
import dev.muster.web.problem.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** What is asked for, with everything filled in that the caller left to the platform. */
@Component
final class NewInstances {

  private final Regions regions;
  private final ReportedWorkers workers;
  private final CommandSettings settings;
  private final NameMaker names;

  NewInstances(
      Regions regions, ReportedWorkers workers, CommandSettings settings, NameMaker names) {
    this.regions = regions;
    this.workers = workers;
    this.settings = settings;
    this.names = names;
  }

  /**
   * @throws ProblemException when the body does not fit, no host serves the region, or none there
   *     can honour it
   */
  InstanceSpec spec(@Nullable JsonNode body) {
    var spec = CreateBody.read(body, settings.defaultRegion(), names::make);
    checkServed(spec.region());
    checkHonoured(spec);
    checkHighest(spec.region(), spec.limits());
    return spec;
  }

  private void checkServed(String region) {
    var served = regions.served();
    if (served.isEmpty()) {
      throw ProblemException.unavailable("no worker has announced a host yet");
    }
    if (!served.contains(region)) {
      var errors = new ValidationErrors();
      errors.add(
          "/region",
          "no host serves '%s'; these are served: %s".formatted(region, String.join(", ", served)));
      throw errors.problem();
    }
  }

  private void checkHonoured(InstanceSpec spec) {
    var region = spec.region();
    var wanted = new ArrayList<>(spec.limits().bounds().keySet());
    if (spec.image() != null) {
      wanted.addFirst("image");
    }
    var lacking = regions.notHonoured(region, wanted);
    if (!lacking.isEmpty()) {
      var errors = new ValidationErrors();
      lacking.forEach(
          field -> errors.add("/" + field, "no host of '%s' can honour it".formatted(region)));
      throw errors.problem();
    }
  }

  private void checkHighest(String region, Limits limits) {
    var tooHigh = regions.tooHigh(region, limits);
    if (!tooHigh.isEmpty()) {
      var errors = new ValidationErrors();
      tooHigh.forEach(
          (field, most) ->
              errors.add("/" + field, "hosts of '%s' take up to %s".formatted(region, most)));
      throw errors.problem();
    }
  }

  /**
   * Returns when a worker acts for the region, with how long that took.
   *
   * @throws ProblemException 503 when none does within that time
   */
  Duration awaitWorker(String region, Duration atMost) {
    var begun = System.nanoTime();
    try {
      if (workers.awaitActing(region, atMost)) {
        return Duration.ofNanos(System.nanoTime() - begun);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw ProblemException.unavailable(
        "no live worker takes work of the region '%s'; try again soon".formatted(region));
  }
}
