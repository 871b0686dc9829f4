package dev.muster.query.audit.web;

import dev.muster.events.audit.SealedEvent;
import dev.muster.query.audit.AuditFilter;
import dev.muster.query.audit.AuditSearch;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * All that a search finds, written as it is found: in memory there is never more than a stretch.
 */
final class Export {

  private static final int STRETCH = 500;

  private final AuditSearch search;
  private final AuditEventLines rows;

  Export(AuditSearch search, AuditEventLines rows) {
    this.search = search;
    this.rows = rows;
  }

  /**
   * Writes what fits, up to the newest event that there is now: what comes meanwhile is not waited
   * for, or a busy platform's export would never end.
   *
   * @param begin index that all of them come after, -1 to begin with the first
   */
  void write(AuditFilter filter, long begin, long most, OutputStream out) throws IOException {
    out.write(rows.head());
    var last = search.newest();
    var left = most;
    for (var after = begin; left > 0 && after < last; ) {
      var found = search.find(filter, after, (int) Math.min(STRETCH, left));
      for (var event : found) {
        out.write(rows.line(event));
      }
      if (found.size() < STRETCH) {
        return;
      }
      left -= found.size();
      after = position(found);
    }
  }

  private static long position(List<SealedEvent> found) {
    return found.getLast().event().position();
  }
}
