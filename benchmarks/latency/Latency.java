package latency;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import load.Client;
import load.OpenLoop;
import load.Request;
import machine.Noise;
import platform.Setup;
import platform.Standalone;
import report.Grid;
import report.Line;
import report.Plot;
import report.Report;
import report.Row;
import run.Options;
import run.Peak;
import run.Progress;

/** How long one call takes, at rest and at 70 % of the peak. */
final class Latency {

  private static final double SHARE = 0.7;
  private static final int CONNECTIONS = 256;

  private final Options options;
  private final Noise noise;
  private double row;

  private Latency(Options options) throws Exception {
    this.options = options;
    this.noise = new Noise();
  }

  public static void main(String[] arguments) throws Exception {
    new Latency(Options.of(arguments)).run();
  }

  private void run() throws Exception {
    Cycles processes;
    try (var platform = Standalone.start(options.muster(), Setup.processes())) {
      processes = atRest(platform, "process driver");
    }
    Cycles simulated;
    Loaded loaded;
    try (var platform = Standalone.start(options.muster(), Setup.simulated())) {
      simulated = atRest(platform, "simulated hosts");
      loaded = loaded(platform);
    }
    new Report(
            "latency",
            options.command("latency"),
            grid(processes, simulated, loaded),
            Optional.of(plot(processes, simulated, loaded)),
            notes(loaded),
            noise.lines(),
            Map.of("peak_per_second", loaded.peak().perSecond(), "rate_per_second", loaded.rate()))
        .publish(options.out());
  }

  private Cycles atRest(Standalone platform, String hosts) throws Exception {
    try (var floor = platform.floor()) {
      floor.millis(1);
      double before = floor.millis(1);
      var cycles =
          Cycles.measured(
              platform.target(), options.quick() ? 20 : 200, options.quick() ? 30 : 200);
      double after = floor.millis(1);
      noise.floor("of one row, with " + hosts + ",", before, after);
      row = (before + after) / 2;
      Progress.say("%s, at rest: 201 in %.1f ms", hosts, cycles.millis(0.5, Cycle::created));
      return cycles;
    }
  }

  private Loaded loaded(Standalone platform) {
    var peak = Peak.of(platform.target(), options.quick());
    double rate = SHARE * peak.perSecond();
    var request = Request.post(platform.target(), "/api/instances", "{}");
    var open = new OpenLoop(platform.target(), rate, CONNECTIONS, options.quick() ? 8 : 60);
    var driven = Client.of(() -> open.drive(request));
    Progress.say("open loop at %,.0f/s: answers %s", rate, driven.load().byStatus());
    return new Loaded(peak, rate, driven.load(), driven.share());
  }

  private static Grid grid(Cycles processes, Cycles simulated, Loaded loaded) {
    var none = Double.NaN;
    return new Grid(
        "ms",
        List.of(
            "process p50",
            "process p99",
            "simulated p50",
            "simulated p99",
            "at 70 % p50",
            "at 70 % p99"),
        List.of(
            Row.of(
                "201",
                1,
                "process p50 ≤ 6; at 70 % p99 ≤ 50",
                processes.millis(0.5, Cycle::created),
                processes.millis(0.99, Cycle::created),
                simulated.millis(0.5, Cycle::created),
                simulated.millis(0.99, Cycle::created),
                loaded.millis(0.5),
                loaded.millis(0.99)),
            Row.of(
                "create → running",
                1,
                "process p50 ≤ 30",
                processes.millis(0.5, Cycle::running),
                processes.millis(0.99, Cycle::running),
                simulated.millis(0.5, Cycle::running),
                simulated.millis(0.99, Cycle::running),
                none,
                none),
            Row.of(
                "pause",
                1,
                "process p50 ≤ 25",
                processes.millis(0.5, Cycle::paused),
                processes.millis(0.99, Cycle::paused),
                simulated.millis(0.5, Cycle::paused),
                simulated.millis(0.99, Cycle::paused),
                none,
                none),
            Row.of(
                "resume",
                1,
                "",
                processes.millis(0.5, Cycle::resumed),
                processes.millis(0.99, Cycle::resumed),
                simulated.millis(0.5, Cycle::resumed),
                simulated.millis(0.99, Cycle::resumed),
                none,
                none)),
        false);
  }

  private List<String> notes(Loaded loaded) {
    return List.of(
        "At rest: one call at a time; running as a held GET sees it. One durable row took "
            + text("%.2f ms (the floor).", row),
        text(
            "Peak: %,.0f creations/s with %d connections; then %,.0f/s, each counted from when it"
                + " was due; answers %s, %d unsent.",
            loaded.peak().perSecond(),
            loaded.peak().connections(),
            loaded.rate(),
            loaded.load().byStatus(),
            loaded.load().unsent()),
        text(
            "The client had %.0f %% of all cores at the peak, and %.0f %% in the open loop.",
            100 * loaded.peak().client(), 100 * loaded.client()));
  }

  private static Plot plot(Cycles processes, Cycles simulated, Loaded loaded) {
    return new Plot(
        "milliseconds of the 201",
        "percentile",
        new double[] {50, 60, 70, 80, 90, 99},
        false,
        List.of(
            new Line("at 70 % of the peak", points(loaded::millis), false),
            new Line(
                "at rest, processes",
                points(share -> processes.millis(share, Cycle::created)),
                false),
            new Line(
                "at rest, simulated",
                points(share -> simulated.millis(share, Cycle::created)),
                false)));
  }

  private static List<double[]> points(DoubleUnaryOperator millis) {
    return Stream.concat(DoubleStream.iterate(50, p -> p < 99, p -> p + 5).boxed(), Stream.of(99.0))
        .map(p -> new double[] {p, millis.applyAsDouble(p / 100)})
        .filter(point -> Double.isFinite(point[1]))
        .toList();
  }

  private static String text(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
