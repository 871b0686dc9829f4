package dev.muster.web.health;

import dev.muster.ops.server.ReadinessSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Tells operators, on their own port, what {@code /healthz} tells clients. */
@Component
final class OperatorsReadiness implements ReadinessSource {

  private final List<ReadinessCheck> checks;

  OperatorsReadiness(List<ReadinessCheck> checks) {
    this.checks = List.copyOf(checks);
  }

  @Override
  public Map<String, String> missing() {
    var missing = new TreeMap<String, String>();
    for (var check : checks) {
      check.missing().ifPresent(why -> missing.put(check.part(), why));
    }
    return missing;
  }
}
