package dev.muster.command.instance.web;

import dev.muster.command.region.Regions;
import dev.muster.command.settings.CommandSettings;
import dev.muster.events.instance.InstanceSpec;
import dev.muster.web.body.Mistakes;
import dev.muster.web.problem.ProblemException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** What is asked for, with everything filled in that the caller left to the platform. */
@Component
final class NewInstances {

  private final Regions regions;
  private final CommandSettings settings;
  private final NameMaker names;

  NewInstances(Regions regions, CommandSettings settings, NameMaker names) {
    this.regions = regions;
    this.settings = settings;
    this.names = names;
  }

  /**
   * @throws ProblemException when the body does not fit, or no host serves the region
   */
  InstanceSpec spec(@Nullable JsonNode body) {
    var request = CreateBody.read(body);
    var region = Objects.requireNonNullElse(request.region(), settings.defaultRegion());
    checkServed(region);
    return request.spec(Objects.requireNonNullElseGet(request.name(), names::make), region);
  }

  private void checkServed(String region) {
    var served = regions.served();
    if (served.isEmpty()) {
      throw ProblemException.unavailable("no worker has announced a host yet");
    }
    if (!served.contains(region)) {
      var mistakes = new Mistakes();
      mistakes.add(
          "/region",
          "no host serves '%s'; these are served: %s".formatted(region, String.join(", ", served)));
      throw mistakes.problem();
    }
  }
}
