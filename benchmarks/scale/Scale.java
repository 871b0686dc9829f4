package scale;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import machine.Noise;
import platform.Setup;
import platform.Standalone;
import report.Grid;
import report.Line;
import report.Plot;
import report.Report;
import report.Row;
import run.Options;
import run.Progress;

/** What commands, reads, memory and a restart cost as instances add up. */
final class Scale {

  private Scale() {}

  public static void main(String[] arguments) throws Exception {
    var options = Options.of(arguments);
    var plan = Plan.of(options);
    var noise = new Noise();
    var sizes = new ArrayList<Size>();
    try (var platform = Standalone.start(options.muster(), Setup.simulated())) {
      Progress.say("ready");
      var measuring = new Measuring(platform, plan);
      for (long size : plan.sizes()) {
        sizes.add(measuring.at(size));
      }
    }
    sizes.forEach(size -> noise.floor("with " + name(size), floors(size)));
    new Report(
            "scale",
            options.command("scale"),
            grid(plan, sizes),
            Optional.of(plot(plan, sizes)),
            notes(sizes),
            noise.lines(),
            Map.of("sizes", sizes.stream().map(Scale::details).toList()))
        .publish(options.out());
    if (options.check()) {
      Bands.check(options.muster().resolveSibling("benchmarks/scale/bands.properties"), sizes);
    }
  }

  private static Grid grid(Plan plan, List<Size> sizes) {
    var rows =
        List.of(
            row(sizes, "durable rows/s, 16 connections (the floor)", 0, "", Round::floor),
            row(
                sizes,
                "creations/s, 16 connections",
                0,
                "same at 100,000: ≥ 0.9",
                Round::creations),
            row(sizes, "creations ÷ floor", 4, "≥ 0.10", Round::creationsToFloor),
            row(sizes, "CPU of a creation, ms", 2, "≤ 1", Round::cpuMillis),
            row(sizes, "201, p50, ms", 1, "", Round::median),
            row(sizes, "201, p99, ms", 1, "", Round::worst),
            row(sizes, "/healthz, answers/s", 0, "", Round::healthz),
            row(sizes, "GET one ÷ /healthz", 2, "≥ 0.6", Round::oneToHealthz),
            row(sizes, "first page of 50, ms", 2, "same at 1,000,000: ≤ 1.5", Round::page),
            whole(sizes, "heap after a collection, MiB", 0, "≤ 512", Size::heapMib),
            whole(sizes, "resident JVM, MiB", 0, "≤ 1,024", Size::residentMib),
            whole(sizes, "resident PostgreSQL, MiB", 0, "", Size::postgresqlMib),
            whole(sizes, "restart to ready, s", 1, "≤ 12", Size::restart),
            percent(sizes, "client, % of all cores, creating", Round::client),
            percent(sizes, "client, % of all cores, at /healthz", Round::clientAtHealthz));
    var columns = plan.sizes().stream().map(s -> String.format(Locale.ROOT, "%,d", s)).toList();
    return new Grid("instances", columns, rows, true);
  }

  private static Row row(
      List<Size> sizes, String name, int decimals, String target, ToDoubleFunction<Round> what) {
    return whole(sizes, name, decimals, target, size -> size.median(what));
  }

  private static Row percent(List<Size> sizes, String name, ToDoubleFunction<Round> what) {
    return row(sizes, name, 0, "", round -> 100 * what.applyAsDouble(round));
  }

  private static Row whole(
      List<Size> sizes, String name, int decimals, String target, ToDoubleFunction<Size> what) {
    return Row.of(name, decimals, target, sizes.stream().mapToDouble(what).toArray());
  }

  private static Plot plot(Plan plan, List<Size> sizes) {
    var points = new ArrayList<double[]>();
    for (int i = 0; i < sizes.size(); i++) {
      points.add(new double[] {plan.sizes().get(i), sizes.get(i).median(Round::creations)});
    }
    return new Plot(
        "creations a second",
        "instances",
        plan.sizes().stream().mapToDouble(s -> s).toArray(),
        true,
        List.of(new Line("POST /api/instances, 16 connections", points, false)));
  }

  private static List<String> notes(List<Size> sizes) {
    return List.of(
        "Medians of %d interleaved rounds; p50 and p99 are medians of theirs."
            .formatted(sizes.getFirst().rounds().size()),
        "Rounds create, so a size grows while it is measured: "
            + String.join(", ", sizes.stream().map(Scale::name).toList())
            + ".",
        "Simulated hosts keep what runs on them in the heap of the platform and lose it at a"
            + " restart, which comes before each size.");
  }

  private static String name(Size size) {
    return String.format(Locale.ROOT, "%,d to %,d instances", size.first(), size.last());
  }

  private static double[] floors(Size size) {
    return size.rounds().stream().mapToDouble(Round::floor).toArray();
  }

  private static Map<String, Object> details(Size size) {
    var details = new LinkedHashMap<String, Object>();
    details.put("instances_first", size.first());
    details.put("instances_last", size.last());
    details.put("rounds", size.rounds().stream().map(Scale::details).toList());
    return details;
  }

  private static Map<String, Object> details(Round round) {
    var details = new LinkedHashMap<String, Object>();
    details.put("floor_per_second", round.floor());
    details.put("creations_per_second", round.creations());
    details.put("cpu_ms_per_creation", round.cpuMillis());
    details.put("created_p50_ms", round.median());
    details.put("created_p99_ms", round.worst());
    details.put("healthz_per_second", round.healthz());
    details.put("get_one_per_second", round.one());
    details.put("first_page_ms", round.page());
    return details;
  }
}
