package hops;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import platform.Standalone;

/** Everything that a running platform counts, and the kernel for it. */
final class Counters implements AutoCloseable {

  private static final int STATISTICS_MILLIS =
      11_000; // an idle backend tells of its last ones after 10 s

  private final Standalone platform;
  private final Connection database;
  private final KafkaBeans kafka;

  private Counters(Standalone platform, Connection database, KafkaBeans kafka) {
    this.platform = platform;
    this.database = database;
    this.kafka = kafka;
  }

  static Counters of(Standalone platform) throws Exception {
    return new Counters(platform, platform.database(), KafkaBeans.of(platform.pid()));
  }

  Reading read() throws Exception {
    Thread.sleep(STATISTICS_MILLIS);
    var counts = new HashMap<String, Double>();
    kafka.into(counts);
    postgresql(counts);
    platform
        .metrics("mongodb_driver_commands_seconds_count")
        .forEach(
            (labels, count) ->
                counts.merge(
                    "Mongo: " + labels.replaceAll(".*command=\"(\\w+)\".*", "$1"),
                    count,
                    Double::sum));
    ThreadGroups.of(platform.pid()).forEach((group, ms) -> counts.put("CPU ms: " + group, ms));
    counts.put("CPU ms: PostgreSQL", platform.postgresqlCpuMillis());
    return new Reading(counts, System.nanoTime());
  }

  double consumers() throws Exception {
    return kafka.consumers();
  }

  private void postgresql(HashMap<String, Double> counts) throws SQLException {
    try (var statement = database.createStatement();
        var found =
            statement.executeQuery(
                """
                SELECT d.xact_commit, d.tup_inserted, d.tup_updated, w.wal_bytes
                FROM pg_stat_database d, pg_stat_wal w WHERE d.datname = 'muster'
                """)) {
      found.next();
      counts.put("PostgreSQL: commits", found.getDouble(1));
      counts.put("PostgreSQL: rows inserted", found.getDouble(2));
      counts.put("PostgreSQL: rows updated", found.getDouble(3));
      counts.put("PostgreSQL: log, KiB", found.getDouble(4) / 1024);
    }
  }

  @Override
  public void close() throws Exception {
    database.close();
    kafka.close();
  }
}
