package dev.muster.query.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.events.instance.Ids;
import dev.muster.events.log.LogChunk;
import dev.muster.events.log.LogLine;
import dev.muster.infrastructure.TestServers;
import dev.muster.query.Story;
import dev.muster.query.store.TestStore;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogRowTest {

  private final String id = Ids.newInstance();

  @Test
  void what_is_written_late_takes_no_line_away_and_opens_no_end() {
    try (var store = TestStore.at(TestServers.shared().mongoUri("log-rows"))) {
      var shorter = row(false, 5);
      var longer = row(false, 5, 9);
      var ended = row(true, 5, 9);

      for (var written : List.of(shorter, longer, shorter, ended, longer)) {
        store.upserts().replace(LogRow.class, Map.of(written.id(), written));
      }

      var kept = store.mongo().findAll(LogRow.class);
      assertThat(kept).extracting(LogRow::chunk).containsExactly(ended.chunk());
    }
  }

  private LogRow row(boolean last, long... ends) {
    var lines =
        Arrays.stream(ends).mapToObj(end -> new LogLine(end, Story.BEGINNING, "line")).toList();
    return LogRow.of(new LogChunk(id, 0, lines, last));
  }
}
