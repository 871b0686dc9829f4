package dev.muster.cli.top;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What the screen shows of the instances: which, in which order, and the one that keys speak of.
 *
 * @param filter what a name, status or region has in it
 * @param chosen its place in the rows that are shown
 */
record View(List<JsonNode> rows, Order order, String filter, int chosen) {

  /** By what rows are sorted, and the key for it. */
  enum Order {
    CPU("c"),
    MEMORY("m"),
    AGE("a"),
    NAME("n"),
    STATUS("t");

    private final String key;

    Order(String key) {
      this.key = key;
    }

    String key() {
      return key;
    }

    private Comparator<JsonNode> comparator() {
      return switch (this) {
        case CPU ->
            Comparator.comparingDouble((JsonNode row) -> row.at("/health/cpu_percent").asDouble(-1))
                .reversed();
        case MEMORY ->
            Comparator.comparingDouble((JsonNode row) -> row.at("/health/memory_mb").asDouble(-1))
                .reversed();
        case AGE ->
            Comparator.comparingLong((JsonNode row) -> row.path("created_at").asLong()).reversed();
        case NAME -> Comparator.comparing(row -> row.path("name").asString());
        case STATUS -> Comparator.comparing(row -> row.path("status").asString());
      };
    }
  }

  static View first() {
    return new View(List.of(), Order.CPU, "", 0);
  }

  View with(List<JsonNode> fresh) {
    var before = selected().map(row -> row.path("id").asString()).orElse("");
    var next = new View(fresh, order, filter, chosen);
    var shown = next.shown();
    for (int i = 0; i < shown.size(); i++) {
      if (shown.get(i).path("id").asString().equals(before)) {
        return next.choose(i);
      }
    }
    return next.choose(chosen);
  }

  View by(Order other) {
    return new View(rows, other, filter, 0);
  }

  View only(String text) {
    return new View(rows, order, text, 0);
  }

  View move(int steps) {
    return choose(chosen + steps);
  }

  private View choose(int index) {
    return new View(rows, order, filter, Math.clamp(index, 0, Math.max(0, shown().size() - 1)));
  }

  List<JsonNode> shown() {
    var wanted = filter.toLowerCase(Locale.ROOT);
    return rows.stream().filter(row -> fits(row, wanted)).sorted(order.comparator()).toList();
  }

  private static boolean fits(JsonNode row, String wanted) {
    return List.of("name", "status", "region", "id").stream()
        .anyMatch(field -> row.path(field).asString().toLowerCase(Locale.ROOT).contains(wanted));
  }

  Optional<JsonNode> selected() {
    var shown = shown();
    return shown.isEmpty()
        ? Optional.empty()
        : Optional.of(shown.get(Math.min(chosen, shown.size() - 1)));
  }
}
