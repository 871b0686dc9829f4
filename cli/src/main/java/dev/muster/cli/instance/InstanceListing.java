package dev.muster.cli.instance;

import dev.muster.cli.output.Column;
import dev.muster.cli.output.Listing;

/** Instances, and what belongs to them, in rows. */
public final class InstanceListing {

  public static final Listing INSTANCES =
      Listing.of(
          "Instance",
          "/id",
          Column.text("NAME", "/name"),
          Column.text("ID", "/id"),
          Column.status("STATUS", "/status"),
          Column.text("REGION", "/region"),
          Column.number("CPU%", "/health/cpu_percent"),
          Column.number("MEMORY", "/health/memory_mb"),
          Column.age("AGE", "/created_at"),
          Column.age("UPDATED", "/updated_at").whenWide(),
          Column.text("HOST", "/host").whenWide(),
          Column.number("DISK", "/health/disk_mb").whenWide(),
          Column.number("VERSION", "/version").whenWide(),
          Column.text("RESTART", "/restart_policy").whenWide(),
          Column.number("EXIT", "/exit_code").whenWide(),
          Column.text("ERROR", "/error").whenWide());

  public static final Listing HEALTH =
      Listing.of(
          "Health",
          "/last_heartbeat",
          Column.number("CPU%", "/cpu_percent"),
          Column.number("MEMORY", "/memory_mb"),
          Column.number("DISK", "/disk_mb"),
          Column.number("UPTIME", "/uptime_secs"),
          Column.age("HEARTBEAT", "/last_heartbeat"),
          Column.text("STALE", "/stale"));

  public static final Listing HISTORY =
      Listing.of(
          "HistoryEntry",
          "/sequence",
          Column.number("SEQ", "/sequence"),
          Column.age("AGE", "/occurred_at"),
          Column.text("TYPE", "/type"),
          Column.text("ACTOR", "/actor/name"),
          Column.text("OPERATION", "/operation_id").whenWide(),
          Column.text("REQUEST", "/request_id").whenWide(),
          Column.text("FROM", "/source_ip").whenWide(),
          Column.text("DATA", "/data").whenWide());

  private InstanceListing() {}
}
