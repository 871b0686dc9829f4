package hops;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import load.ClosedLoop;
import load.Request;
import machine.Noise;
import platform.Setup;
import platform.Standalone;
import report.Grid;
import report.Report;
import report.Row;
import run.Options;
import run.Progress;

/**
 * What one creation costs on its way from the call to a row that everyone can read: commits,
 * records, requests, commands of the read store and CPU, one at a time and sixteen at a time.
 */
final class Hops {

  private static final int CONNECTIONS = 16;
  private static final int IDLE_SECONDS = 10;
  private static final double WORTH_A_ROW = 0.05;

  private final Options options;
  private final Noise noise;

  private Hops(Options options) throws Exception {
    this.options = options;
    this.noise = new Noise();
  }

  public static void main(String[] arguments) throws Exception {
    new Hops(Options.of(arguments)).run();
  }

  /** Counts of one creation, by what is counted. */
  private record Costs(Map<String, Double> each, double perSecond) {}

  private void run() throws Exception {
    try (var platform = Standalone.start(options.muster(), Setup.simulated());
        var counters = Counters.of(platform)) {
      drive(platform, CONNECTIONS, options.quick() ? 20 : 90);
      platform.settle(platform.outcomes());
      var before = counters.read();
      Thread.sleep(IDLE_SECONDS * 1000L);
      var idle = before.until(counters.read());
      var single = costs(platform, counters, idle, 1);
      var loaded = costs(platform, counters, idle, CONNECTIONS);
      var notes =
          List.of(
              "Counts and CPU of one creation until it runs and can be read, less what the platform"
                  + " does at rest in the same time; simulated hosts.",
              "%.0f and %.0f creations/s; %.0f consumers of Kafka."
                  .formatted(single.perSecond(), loaded.perSecond(), counters.consumers()));
      new Report(
              "hops",
              options.command("hops"),
              grid(single, loaded),
              Optional.empty(),
              notes,
              noise.lines(),
              Map.of())
          .publish(options.out());
    }
  }

  private Costs costs(Standalone platform, Counters counters, Reading idle, int connections)
      throws Exception {
    var before = counters.read();
    long outcomes = platform.outcomes();
    long created = drive(platform, connections, options.quick() ? 8 : 30);
    platform.settle(outcomes + created);
    var used = before.until(counters.read());
    Progress.say("%d at a time: %d creations", connections, created);
    return new Costs(used.less(idle).each(created), created / (options.quick() ? 8.0 : 30.0));
  }

  private static long drive(Standalone platform, int connections, double seconds) {
    var request = Request.post(platform.target(), "/api/instances", "{}");
    return new ClosedLoop(platform.target(), connections, seconds).drive(request).good();
  }

  private static Grid grid(Costs single, Costs loaded) {
    var names = new TreeSet<>(single.each().keySet());
    names.addAll(loaded.each().keySet());
    var rows = new ArrayList<Row>();
    for (var name : names) {
      double one = single.each().getOrDefault(name, 0.0);
      double many = loaded.each().getOrDefault(name, 0.0);
      if (Math.max(one, many) >= WORTH_A_ROW) {
        rows.add(Row.of(name, 2, "", one, many));
      }
    }
    rows.sort(Comparator.comparing(row -> row.name()));
    return new Grid("of one creation", List.of("1 at a time", "16 at a time"), rows, false);
  }
}
