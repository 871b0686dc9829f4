package workers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import machine.Cpu;
import report.Line;
import report.Plot;

/** Measures how many instances are started in a second, by how many workers do it. */
final class Workers {

  private static final int TASKS_AT_ONCE = 4;
  private static final int ACTION_MILLIS = 200;
  private static final int WARM_UP_SECONDS = 10;
  private static final int SECONDS = 20;
  private static final int CLIENTS = 64;
  private static final List<Integer> COUNTS = List.of(1, 2, 4, 8);

  /**
   * @param perSecond instances started in a second
   * @param busy share of all cores that was in use, 0 to 1
   */
  record Measured(int workers, double perSecond, double busy) {

    /** What so many workers do when nothing but their own hosts holds them up. */
    double most() {
      return workers * TASKS_AT_ONCE * 1000.0 / ACTION_MILLIS;
    }
  }

  private Workers() {}

  public static void main(String[] arguments) throws Exception {
    var measured = new ArrayList<Measured>();
    try (var platform = Platform.start(Path.of(arguments[0]))) {
      System.out.println(
          "%d cores, %d ms an action, %d at once in a worker, %d clients"
              .formatted(
                  Runtime.getRuntime().availableProcessors(),
                  ACTION_MILLIS,
                  TASKS_AT_ONCE,
                  CLIENTS));
      System.out.println("workers  instances/s  of linear  of what hosts allow  CPU busy");
      for (int workers : COUNTS) {
        var one = measure(platform, "sim-" + workers, workers);
        measured.add(one);
        System.out.println(line(one, measured.getFirst()));
      }
    }
    Files.writeString(Path.of(arguments[1]), plot(measured).svg());
    System.out.println("plot: " + arguments[1]);
  }

  private static Plot plot(List<Measured> measured) {
    var single = measured.getFirst();
    var seen = measured.stream().map(m -> new double[] {m.workers(), m.perSecond()}).toList();
    int last = measured.getLast().workers();
    var linear = List.of(new double[] {0, 0}, new double[] {last, single.perSecond() * last});
    return new Plot(
        "instances started in a second",
        "workers",
        new double[] {0, 1, 2, 4, 8},
        false,
        List.of(new Line("measured", seen, false), new Line("linear", linear, true)));
  }

  private static String line(Measured one, Measured single) {
    return String.format(
        Locale.ROOT,
        "%7d  %11.1f  %9.2f  %19.2f  %7.0f%%",
        one.workers(),
        one.perSecond(),
        one.perSecond() / (single.perSecond() * one.workers()),
        one.perSecond() / one.most(),
        one.busy() * 100);
  }

  private static Measured measure(Platform platform, String region, int workers) throws Exception {
    int aSecond = workers * TASKS_AT_ONCE * 1000 / ACTION_MILLIS;
    try (var group = platform.workers(region, workers, TASKS_AT_ONCE, ACTION_MILLIS)) {
      group.awaitShared();
      // The code is compiled before anything is counted.
      start(platform, region, aSecond * WARM_UP_SECONDS);
      return start(platform, region, aSecond * SECONDS).of(workers);
    }
  }

  private static Window start(Platform platform, String region, int instances) throws Exception {
    long before = platform.outcomes();
    try (var clients = Executors.newFixedThreadPool(CLIENTS, Thread.ofVirtual().factory())) {
      for (int i = 0; i < instances; i++) {
        clients.submit(() -> platform.create(region));
      }
      // While there is work for all of them: the last ones have less than they could do.
      var from = look(platform, before + instances / 10);
      var to = look(platform, before + instances * 7 / 10);
      platform.awaitOutcomes(before + instances);
      return new Window(from, to);
    }
  }

  private record Window(Look from, Look to) {

    Measured of(int workers) {
      return new Measured(
          workers,
          (to.outcomes - from.outcomes) * 1e9 / (to.nanos - from.nanos),
          Cpu.busy(from.cpu, to.cpu));
    }
  }

  private record Look(long outcomes, long nanos, Cpu cpu) {}

  private static Look look(Platform platform, long outcomes)
      throws IOException, InterruptedException {
    long reached = platform.awaitOutcomes(outcomes);
    return new Look(reached, System.nanoTime(), Cpu.now());
  }
}
