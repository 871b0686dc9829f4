package dev.muster.cli.help;

import static java.util.stream.Collectors.joining;

import dev.muster.cli.Failure;
import dev.muster.cli.Version;
import dev.muster.cli.access.Caller;
import dev.muster.cli.api.Api;
import dev.muster.cli.api.ApiAnswer;
import dev.muster.cli.api.Call;
import dev.muster.cli.output.Ages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Looks at a server from outside, one thing after the other. */
final class Checks {

  private static final Duration SKEW = Duration.ofSeconds(5);
  private static final long LAG = 1000;
  private static final double LEAST_FREE = 0.1;

  private final Api api;
  private final Clock clock;
  private final List<Finding> findings = new ArrayList<>();

  Checks(Api api, Clock clock) {
    this.api = api;
    this.clock = clock;
  }

  List<Finding> run(Optional<Path> data) {
    var health = reach();
    if (health.isPresent()) {
      readiness(health.get());
      clock(health.get());
      look("key", this::key);
      look("version", this::version);
      look("workers", this::workers);
      look("hosts", this::hosts);
      look("dead letters", this::deadLetters);
      look("audit log", this::checkpoint);
    }
    data.ifPresent(folder -> look("disk", () -> disk(folder)));
    return findings;
  }

  private Optional<ApiAnswer> reach() {
    try {
      var answer = api.sendAnyway(Call.get("/healthz").within(Duration.ofSeconds(10)));
      boolean _ = answer.json().isObject();
      findings.add(Finding.ok("server", api.server().toString()));
      return Optional.of(answer);
    } catch (Failure e) {
      findings.add(Finding.failed("server", e.what(), String.join(" ", e.more())));
      return Optional.empty();
    }
  }

  private void look(String check, Supplier<Finding> look) {
    try {
      findings.add(look.get());
    } catch (Failure e) {
      findings.add(Finding.failed(check, e.what(), e.more().stream().findFirst().orElse("")));
    }
  }

  private void readiness(ApiAnswer answer) {
    var json = answer.json();
    var missing = said(json.path("missing"));
    findings.add(
        missing.isEmpty()
            ? Finding.ok("readiness", json.path("status").asString())
            : Finding.failed("readiness", missing, "Wait while it starts, or see its log."));
    var alarms = said(json.path("alarms"));
    findings.add(
        alarms.isEmpty()
            ? Finding.ok("alarms", "none")
            : Finding.failed("alarms", alarms, "docs/operations.md says what each means."));
  }

  private static String said(JsonNode object) {
    return object.properties().stream()
        .map(field -> field.getKey() + ": " + field.getValue().asString())
        .collect(joining("; "));
  }

  private void clock(ApiAnswer answer) {
    try {
      var date = DateTimeFormatter.RFC_1123_DATE_TIME.parse(answer.header("Date").orElse(""));
      var skew = Duration.between(Instant.from(date), clock.instant()).abs();
      findings.add(
          skew.compareTo(SKEW) < 0
              ? Finding.ok("clock", "as the server's")
              : Finding.warning(
                  "clock",
                  Ages.length(skew) + " apart from the server's",
                  "Let both machines take their time from the network (NTP)."));
    } catch (DateTimeException e) {
      findings.add(Finding.warning("clock", "the server did not say what time it is", ""));
    }
  }

  private Finding key() {
    var who = new Caller(api).whoAmI();
    var scopes = who.path("scopes").valueStream().map(JsonNode::asString).collect(joining(", "));
    return scopes.isEmpty()
        ? Finding.failed("key", "it may do nothing", "Ask for one that may: muster keys create")
        : Finding.ok("key", "%s may %s".formatted(who.path("id").asString("it"), scopes));
  }

  private Finding version() {
    var server = api.get("/openapi.json").at("/info/version").asString();
    var own = Version.text().replace("-SNAPSHOT", "");
    return server.equals(own) || own.startsWith("(")
        ? Finding.ok("version", server)
        : Finding.warning(
            "version",
            "the server is %s, this program %s".formatted(server, own),
            "Take the program of the server's version.");
  }

  private Finding workers() {
    var workers = api.get("/api/workers");
    var alive = workers.valueStream().filter(one -> one.path("alive").asBoolean()).toList();
    if (alive.isEmpty()) {
      return Finding.failed("workers", "none is alive", "Start one: muster service worker");
    }
    var behind =
        alive.stream()
            .filter(one -> one.path("lag_events").asLong() > LAG)
            .map(one -> one.path("name").asString())
            .collect(joining(", "));
    return behind.isEmpty()
        ? Finding.ok("workers", "%d alive, none behind".formatted(alive.size()))
        : Finding.warning("workers", behind + " has work waiting", "Start more workers there.");
  }

  private Finding hosts() {
    var hosts = api.get("/api/hosts");
    var away =
        hosts
            .valueStream()
            .filter(one -> one.path("status").asString().equals("away"))
            .map(one -> one.path("name").asString())
            .collect(joining(", "));
    return away.isEmpty()
        ? Finding.ok("hosts", "%d ready".formatted(hosts.size()))
        : Finding.warning("hosts", away + " is away", "See the log of a worker of its region.");
  }

  private Finding deadLetters() {
    int count = api.get("/api/dead-letters?limit=1000").size();
    return count == 0
        ? Finding.ok("dead letters", "none")
        : Finding.warning("dead letters", count + " wait", "muster dead-letters list");
  }

  /** What was sealed when it began to look must have all that had happened a moment before. */
  private Finding checkpoint() {
    var search =
        Call.get("/api/audit/events").query("from", Optional.of(clock.instant().minusSeconds(60)));
    var until = search.query("to", Optional.of(clock.instant().minusSeconds(10)));
    var recent = api.rows(until, 1000);
    long size =
        api.send(Call.get("/api/audit/checkpoint"))
            .body()
            .lines()
            .skip(1)
            .findFirst()
            .filter(line -> line.matches("\\d{1,18}"))
            .map(Long::parseLong)
            .orElse(-1L);
    long newest =
        recent.stream().mapToLong(row -> row.path("leaf_index").asLong()).max().orElse(-1);
    return size > newest
        ? Finding.ok("audit log", "%d events are sealed".formatted(size))
        : Finding.failed(
            "audit log",
            "the checkpoint has %d events, and event %d is ten seconds old".formatted(size, newest),
            "See /healthz and the log of the command service.");
  }

  private static Finding disk(Path folder) {
    try {
      var store = Files.getFileStore(folder);
      double free = (double) store.getUsableSpace() / Math.max(1, store.getTotalSpace());
      var said = "%d MiB free for %s".formatted(store.getUsableSpace() >> 20, folder);
      return free > LEAST_FREE
          ? Finding.ok("disk", said)
          : Finding.warning("disk", said, "Make room: a full disk stops the platform.");
    } catch (IOException e) {
      return Finding.warning("disk", folder + " cannot be looked at", "");
    }
  }
}
