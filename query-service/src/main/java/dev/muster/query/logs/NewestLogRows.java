package dev.muster.query.logs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The newest rows of those instances that printed last, so that they need not be read again. */
final class NewestLogRows {

  private static final int REMEMBERED = 2_000;

  private record Entry(LogRow row, long trimmedTo) {}

  private final Map<String, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);

  Optional<LogRow> of(String instanceId) {
    return Optional.ofNullable(entries.get(instanceId)).map(Entry::row);
  }

  void put(String instanceId, LogRow row) {
    entries.put(instanceId, new Entry(row, trimmedTo(instanceId)));
    if (entries.size() > REMEMBERED) {
      entries.remove(entries.keySet().iterator().next());
    }
  }

  /** Before which offset everything was removed; 0 when nobody remembers. */
  long trimmedTo(String instanceId) {
    var entry = entries.get(instanceId);
    return entry == null ? 0 : entry.trimmedTo();
  }

  void trimmed(String instanceId, long to) {
    entries.computeIfPresent(instanceId, (_, entry) -> new Entry(entry.row(), to));
  }

  void forget() {
    entries.clear();
  }
}
