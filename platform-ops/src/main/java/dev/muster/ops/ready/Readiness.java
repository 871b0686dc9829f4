package dev.muster.ops.ready;

import dev.muster.ops.alarm.Alarm;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All checks of a process: what clients, operators and whoever waits for a start are told. */
public record Readiness(List<ReadinessCheck> checks, List<Alarm> alarms) {

  public Readiness {
    checks = List.copyOf(checks);
    alarms = List.copyOf(alarms);
  }

  /** What is missing, by part; empty when the process is ready. */
  public Map<String, String> missing() {
    var missing = new TreeMap<String, String>();
    checks.forEach(check -> check.missing().ifPresent(why -> missing.put(check.part(), why)));
    return missing;
  }

  /** What somebody must look at, by part, though the process may be ready; mostly empty. */
  public Map<String, String> raised() {
    var raised = new TreeMap<String, String>();
    alarms.forEach(alarm -> alarm.raised().ifPresent(what -> raised.put(alarm.part(), what)));
    return raised;
  }
}
