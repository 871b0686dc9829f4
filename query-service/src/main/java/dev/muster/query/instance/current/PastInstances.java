package dev.muster.query.instance.current;

import dev.muster.events.instance.InstanceState;
import dev.muster.events.view.Rfc3339;
import dev.muster.query.instance.history.AsOfTime;
import dev.muster.query.instance.history.History;
import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** Instances as they were; what cannot be shown is refused with what could be. */
@Component
final class PastInstances {

  private final History history;
  private final Clock clock = Clock.systemUTC();

  PastInstances(History history) {
    this.history = history;
  }

  /**
   * @throws ProblemException 400 when it is no past time, 404 when there was no such instance then
   */
  InstanceState asOf(String id, String text) {
    var moment = AsOfTime.past("as_of", text, clock.instant());
    return history.asOf(id, moment).orElseThrow(() -> notThen(id, text));
  }

  /**
   * @throws ProblemException 400 when it is no version, 404 when the instance has fewer
   */
  InstanceState atVersion(String id, String text) {
    var version = VersionParameter.parse(text);
    var state = history.upToVersion(id, version).orElseThrow(() -> CurrentInstances.notFound(id));
    if (state.version() < version) {
      throw new ProblemException(
          ProblemType.NOT_FOUND,
          "instance '%s' has the versions 1 to %d, and no version %d"
              .formatted(id, state.version(), version));
    }
    return state;
  }

  private ProblemException notThen(String id, String text) {
    return history
        .beginning(id)
        .map(
            created ->
                new ProblemException(
                    ProblemType.NOT_FOUND,
                    "instance '%s' was created at %s; there was none at '%s'"
                        .formatted(id, Rfc3339.of(created), text)))
        .orElseGet(() -> CurrentInstances.notFound(id));
  }
}
