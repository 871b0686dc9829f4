package dev.muster.cli.proof;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What could not be checked, how often, and where first. */
final class UncheckedFields {

  private static final int SHOWN = 5;

  private final Map<String, Long> counts = new TreeMap<>();
  private final Map<String, List<Long>> first = new TreeMap<>();

  void add(String what, long index) {
    add(what, 1, List.of(index));
  }

  void addAll(UncheckedFields other) {
    other.counts.forEach(
        (what, count) -> add(what, count, other.first.getOrDefault(what, List.of())));
  }

  private void add(String what, long count, List<Long> indexes) {
    counts.merge(what, count, Long::sum);
    var known = first.computeIfAbsent(what, _ -> new ArrayList<>());
    indexes.stream().limit(SHOWN - known.size()).forEach(known::add);
  }

  /** A line for each kind, such as {@code data of 3 events: masked (index 0, 4, 9)}. */
  List<String> lines() {
    return counts.entrySet().stream().map(one -> line(one.getKey(), one.getValue())).toList();
  }

  private String line(String what, long count) {
    var split = what.split(": ", 2);
    var indexes = first.getOrDefault(what, List.of());
    return "%s of %,d %s: %s (index %s%s)"
        .formatted(
            split[0],
            count,
            count == 1 ? "event" : "events",
            split[1],
            indexes.stream().map(String::valueOf).collect(joining(", ")),
            count > indexes.size() ? ", …" : "");
  }
}
