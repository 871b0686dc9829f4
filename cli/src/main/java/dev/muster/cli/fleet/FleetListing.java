package dev.muster.cli.fleet;

import dev.muster.cli.output.Column;
import dev.muster.cli.output.Listing;

/** Hosts, workers, and what happens on them, in rows. */
public final class FleetListing {

  public static final Listing HOSTS =
      Listing.of(
          "Host",
          "/name",
          Column.text("NAME", "/name"),
          Column.text("REGION", "/region"),
          Column.status("STATUS", "/status"),
          Column.text("DRIVER", "/driver"),
          Column.number("CAPACITY", "/capacity"),
          Column.text("ISOLATION", "/isolation"),
          Column.text("CORDONED", "/cordoned"),
          Column.age("SEEN", "/last_seen"),
          Column.text("WORKER", "/worker").whenWide(),
          Column.list("CAPABILITIES", "/capabilities").whenWide());

  public static final Listing REGIONS =
      Listing.of(
          "Region",
          "/name",
          Column.text("NAME", "/name"),
          Column.number("HOSTS", "/hosts"),
          Column.number("CAPACITY", "/capacity"),
          Column.number("WORKERS", "/workers"));

  public static final Listing WORKERS =
      Listing.of(
          "Worker",
          "/name",
          Column.text("NAME", "/name"),
          Column.list("REGIONS", "/regions"),
          Column.text("ALIVE", "/alive"),
          Column.text("DRAINING", "/draining"),
          Column.number("TASKS", "/tasks_in_hand"),
          Column.number("LAG", "/lag_events"),
          Column.age("SEEN", "/last_seen"),
          Column.text("VERSION", "/version"),
          Column.number("PARTITIONS", "/partitions").whenWide(),
          Column.number("LAG-SECONDS", "/lag_seconds").whenWide(),
          Column.number("CLOCK-SKEW", "/clock_skew_ms").whenWide(),
          Column.age("STARTED", "/started_at").whenWide());

  public static final Listing DRAINING =
      Listing.of(
          "Draining",
          "/worker",
          Column.text("WORKER", "/worker"),
          Column.status("STATUS", "/status"));

  public static final Listing CORDON =
      Listing.of(
          "Cordon", "/host", Column.text("HOST", "/host"), Column.text("CORDONED", "/cordoned"));

  public static final Listing DEAD_LETTERS =
      Listing.of(
          "DeadLetter",
          "/id",
          Column.text("ID", "/id"),
          Column.age("AGE", "/at"),
          Column.text("READER", "/reader"),
          Column.text("TOPIC", "/topic"),
          Column.text("KEY", "/key"),
          Column.number("TRIES", "/tries"),
          Column.text("REASON", "/reason"),
          Column.number("PARTITION", "/partition").whenWide(),
          Column.number("OFFSET", "/offset").whenWide());

  public static final Listing RETRIED =
      Listing.of("Retried", "/id", Column.text("ID", "/id"), Column.status("STATUS", "/status"));

  /** As the stream has them, with their positions. */
  public static final Listing EVENTS =
      Listing.of(
          "HistoryEntry",
          "/position",
          Column.number("POSITION", "/position"),
          Column.age("AGE", "/occurred_at"),
          Column.text("INSTANCE", "/instance_id"),
          Column.number("SEQ", "/sequence"),
          Column.text("TYPE", "/type"),
          Column.text("ACTOR", "/actor/name"),
          Column.text("OPERATION", "/operation_id").whenWide(),
          Column.text("REQUEST", "/request_id").whenWide(),
          Column.text("DATA", "/data").whenWide());

  private FleetListing() {}
}
