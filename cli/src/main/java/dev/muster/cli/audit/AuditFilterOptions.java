package dev.muster.cli.audit;

import dev.muster.cli.api.Api;
import dev.muster.cli.api.Call;
import dev.muster.cli.instance.InstanceLookup;
import dev.muster.cli.server.Times;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which events of the audit log. */
final class AuditFilterOptions {

  @Option(
      names = "--actor",
      paramLabel = "WHO",
      description = "Only what that key caused: its id, or its name.")
  private @Nullable String actor;

  @Option(
      names = "--type",
      paramLabel = "EVENT",
      description = "Only that, such as InstanceStarted.")
  private @Nullable String type;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "The earliest time: RFC 3339, Unix seconds, or how long ago, such as 2h.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "The latest time.")
  private @Nullable String to;

  @Option(
      names = "--instance",
      paramLabel = "INSTANCE",
      description = "Only what happened to that one.")
  private @Nullable String instance;

  /** Whether it leaves none out. */
  boolean isEmpty() {
    return Stream.of(
            Optional.ofNullable(actor),
            Optional.ofNullable(type),
            Optional.ofNullable(from),
            Optional.ofNullable(to),
            Optional.ofNullable(instance))
        .allMatch(Optional::isEmpty);
  }

  Call search(Api api, Clock clock) {
    return Call.get("/api/audit/events")
        .query("actor", Optional.ofNullable(actor))
        .query("type", Optional.ofNullable(type))
        .query("from", Optional.ofNullable(from).map(text -> Times.past(text, clock)))
        .query("to", Optional.ofNullable(to).map(text -> Times.past(text, clock)))
        .query(
            "instance_id",
            Optional.ofNullable(instance).map(one -> new InstanceLookup(api).id(one)));
  }
}
