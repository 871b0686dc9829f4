package dev.muster.ops.ready;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All checks of a process: what clients, operators and whoever waits for a start are told. */
public record Readiness(List<ReadinessCheck> checks) {

  public Readiness {
    checks = List.copyOf(checks);
  }

  /** What is missing, by part; empty when the process is ready. */
  public Map<String, String> missing() {
    var missing = new TreeMap<String, String>();
    checks.forEach(check -> check.missing().ifPresent(why -> missing.put(check.part(), why)));
    return missing;
  }
}
