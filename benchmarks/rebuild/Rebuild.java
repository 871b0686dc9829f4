package rebuild;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import load.ClosedLoop;
import load.Percentile;
import load.Request;
import machine.Noise;
import platform.Setup;
import platform.Standalone;
import report.Grid;
import report.Report;
import report.Row;
import run.Options;
import run.Progress;

/** How fast the read side is made again from the topics, when all that it had is gone. */
final class Rebuild {

  private static final int ROUNDS = 3;
  private static final int CONNECTIONS = 64;

  /**
   * @param restart seconds of a restart with the read side in its place
   * @param rebuild seconds of one without it, until everything can be read again
   * @param cpuMillis of the JVM and PostgreSQL, above those of the restart
   */
  private record Round(double restart, double rebuild, double cpuMillis) {}

  private Rebuild() {}

  public static void main(String[] arguments) throws Exception {
    var options = Options.of(arguments);
    long instances =
        options.instances() > 0 ? options.instances() : options.quick() ? 5_000 : 50_000;
    var noise = new Noise();
    var rounds = new ArrayList<Round>();
    long events;
    try (var platform = Standalone.start(options.muster(), Setup.simulated())) {
      events = fill(platform, instances);
      for (int i = 0; i < ROUNDS; i++) {
        rounds.add(round(platform, events));
      }
    }
    new Report(
            "rebuild",
            options.command("rebuild"),
            grid(events, rounds),
            Optional.empty(),
            List.of(
                "Medians of %d rounds, each a restart and then a restart without the read store."
                    .formatted(ROUNDS),
                "Histories, operations, instances, and the audit log with its tree are made"
                    + " again."),
            noise.lines(),
            Map.of())
        .publish(options.out());
  }

  /** Two events an instance: that it is asked for, and that it runs. */
  private static long fill(Standalone platform, long instances) throws Exception {
    long made = 0;
    while (made < instances) {
      made +=
          new ClosedLoop(platform.target(), CONNECTIONS, 10)
              .most(instances - made)
              .drive(Request.post(platform.target(), "/api/instances", "{}"))
              .good();
      Progress.say("%,d of %,d instances", made, instances);
    }
    platform.settle(made);
    return 2 * made;
  }

  private static Round round(Standalone platform, long events) throws Exception {
    double restart = platform.restart();
    double cpu = platform.cpuMillis(); // each start has processes of its own
    double rebuild = platform.rebuild();
    var round = new Round(restart, rebuild, platform.cpuMillis() - cpu);
    Progress.say(
        "restart %.1f s, rebuild %.1f s: %,.0f events/s",
        restart, rebuild, perSecond(events, round));
    return round;
  }

  private static double perSecond(long events, Round round) {
    return events / (round.rebuild - round.restart);
  }

  private static Grid grid(long events, List<Round> rounds) {
    return new Grid(
        "",
        List.of(String.format(Locale.ROOT, "%,d events", events)),
        List.of(
            row(rounds, "restart to ready, s", 1, "", Round::restart),
            row(rounds, "restart to ready without the read store, s", 1, "", Round::rebuild),
            row(rounds, "events/s", 0, "≥ 30,000", round -> perSecond(events, round)),
            row(rounds, "CPU of an event, ms", 3, "", round -> round.cpuMillis / events)),
        false);
  }

  private static Row row(
      List<Round> rounds, String name, int decimals, String target, ToDoubleFunction<Round> what) {
    return Row.of(
        name, decimals, target, Percentile.median(rounds.stream().mapToDouble(what).toArray()));
  }
}
