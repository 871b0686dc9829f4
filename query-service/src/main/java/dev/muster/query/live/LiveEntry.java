package dev.muster.query.live;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.muster.query.env.EnvValues;
import dev.muster.query.instance.history.HistoryEntry;
import dev.muster.query.instance.history.HistoryRow;

/**
 * An entry of a history, and where it stands in the history of everything.
 *
 * @param position 1, 2, 3 … without gaps
 */
record LiveEntry(long position, String instanceId, @JsonUnwrapped HistoryEntry entry) {

  static LiveEntry of(HistoryRow row, EnvValues env) {
    return new LiveEntry(row.position() + 1, row.instanceId(), HistoryEntry.of(row, env));
  }
}
