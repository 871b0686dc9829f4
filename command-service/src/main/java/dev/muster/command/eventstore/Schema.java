package dev.muster.command.eventstore;

import dev.muster.command.start.CannotStartException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

/** The tables of the event store; they are only ever changed forward. */
final class Schema {

  private static final String LOCATION = "classpath:dev/muster/command/eventstore/schema";

  private Schema() {}

  /**
   * Makes the tables, or brings them up to date. Any number of replicas may do this at once.
   *
   * @throws CannotStartException when they are of a newer version, or cannot be changed
   */
  static void migrate(DataSource database) {
    var flyway = Flyway.configure().dataSource(database).locations(LOCATION).load();
    try {
      refuseNewer(flyway);
      flyway.migrate();
    } catch (FlywayException e) {
      throw new CannotStartException(
          "the event store's schema cannot be brought up to date: " + firstLine(e), e);
    }
  }

  private static void refuseNewer(Flyway flyway) {
    var known = newest(flyway, migration -> migration.getState().isResolved());
    var applied = newest(flyway, migration -> migration.getState().isApplied());
    if (applied.isNewerThan(known)) {
      throw new CannotStartException(
          "the event store's schema has version %s and this version knows up to %s: run the newer"
                  .formatted(applied, known)
              + " Muster");
    }
  }

  private static MigrationVersion newest(Flyway flyway, Predicate<MigrationInfo> which) {
    return Arrays.stream(flyway.info().all())
        .filter(which)
        .map(MigrationInfo::getVersion)
        .flatMap(Stream::ofNullable)
        .max(Comparator.naturalOrder())
        .orElse(MigrationVersion.EMPTY);
  }

  private static String firstLine(FlywayException e) {
    return Objects.requireNonNullElse(e.getMessage(), e.toString()).lines().findFirst().orElse("");
  }
}
