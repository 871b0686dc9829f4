package overload;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import load.Client;
import load.Connection;
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

/** Twice what the platform can carry, offered at a constant rate. */
final class Overload {

  private static final double TIMES = 2;
  private static final double SECONDS = 20;
  private static final int CONNECTIONS = 2_000;

  private Overload() {}

  public static void main(String[] arguments) throws Exception {
    var options = Options.of(arguments);
    var noise = new Noise();
    Found found;
    try (var platform = Standalone.start(options.muster(), Setup.simulated());
        var floor = platform.floor()) {
      floor.perSecond(1);
      double before = floor.perSecond(2);
      found = measured(platform, options.quick());
      noise.floor("before and after", before, floor.perSecond(2));
    }
    new Report(
            "overload",
            options.command("overload"),
            grid(found),
            Optional.of(plot(found)),
            notes(found),
            noise.lines(),
            Map.of(
                "answers_by_status", found.load().byStatus(),
                "good_each_second", found.load().perSecond(true).boxed().toList(),
                "others_each_second", found.load().perSecond(false).boxed().toList()))
        .publish(options.out());
    if (found.lost() > 0) {
      System.exit(1);
    }
  }

  private static Found measured(Standalone platform, boolean quick) throws Exception {
    var target = platform.target();
    var peak = Peak.of(target, quick);
    double rate = TIMES * peak.perSecond();
    var ids = new ConcurrentLinkedQueue<String>();
    var open =
        new OpenLoop(target, rate, CONNECTIONS, SECONDS)
            .telling(
                answer -> {
                  if (answer.isGood()) {
                    ids.add(answer.id());
                  }
                });
    var driven = Client.of(() -> open.drive(Request.post(target, "/api/instances", "{}")));
    Progress.say("open loop at %,.0f/s: answers %s", rate, driven.load().byStatus());
    platform.settle(0);
    long lost = ids.size() - readable(platform, ids);
    Progress.say("%,d were acknowledged, %,d of them cannot be read", ids.size(), lost);
    return new Found(
        peak.again(target, quick),
        rate,
        driven.load(),
        ids.size(),
        lost,
        driven.share(),
        platform.heapMib(),
        platform.residentMib());
  }

  /** How many of them a GET finds. */
  private static long readable(Standalone platform, Collection<String> ids) {
    var left = new ConcurrentLinkedQueue<>(ids);
    var good = new AtomicLong();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 16; i++) {
      threads.add(Thread.startVirtualThread(() -> read(platform, left, good)));
    }
    threads.forEach(
        thread -> {
          try {
            thread.join();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    return good.get();
  }

  private static void read(
      Standalone platform, ConcurrentLinkedQueue<String> left, AtomicLong good) {
    try (var connection = new Connection(platform.target())) {
      for (var id = left.poll(); id != null; id = left.poll()) {
        var request = Request.get(platform.target(), "/api/instances/" + id);
        if (connection.ask(request).status() == 200) {
          good.incrementAndGet();
        }
      }
    }
  }

  private static Grid grid(Found found) {
    return new Grid(
        "",
        List.of("measured"),
        List.of(
            Row.of("peak, closed loop, creations/s", 0, "", found.peak().perSecond()),
            Row.of("offered, open loop, creations/s", 0, "", found.offered()),
            Row.of("goodput, 201/s", 0, "", found.goodput()),
            Row.of("goodput ÷ peak", 2, "≥ 0.9", found.goodput() / found.peak().perSecond()),
            Row.of("201, p50, ms from when it was due", 0, "", found.load().millis(0.5)),
            Row.of("201, p99, ms from when it was due", 0, "", found.load().millis(0.99)),
            Row.of("refused with 503 or 429", 0, "", found.refused()),
            Row.of("answers with Retry-After", 0, "as many", found.load().retryAfter()),
            Row.of("without an answer", 0, "0", found.unanswered()),
            Row.of("due, but never sent", 0, "0", found.load().unsent()),
            Row.of("acknowledged", 0, "", found.acknowledged()),
            Row.of("acknowledged and lost", 0, "0", found.lost()),
            Row.of("heap after a collection, MiB", 0, "≤ 512", found.heapMib()),
            Row.of("resident JVM, MiB", 0, "≤ 1,024", found.residentMib())),
        false);
  }

  private static List<String> notes(Found found) {
    return List.of(
        "The peak is the better of before and after. Answers by status (0: none at all): "
            + found.load().byStatus()
            + ".",
        String.format(
            Locale.ROOT,
            "%,d connections; the client had %.0f %% of all cores at the peak, and %.0f %% above"
                + " it.",
            CONNECTIONS,
            100 * found.peak().client(),
            100 * found.client()));
  }

  private static Plot plot(Found found) {
    double peak = found.peak().perSecond();
    return new Plot(
        "answers in each second",
        "seconds at twice the peak",
        new double[] {0, 5, 10, 15, 20},
        false,
        List.of(
            new Line("201", points(found.load().perSecond(true)), false),
            new Line("others", points(found.load().perSecond(false)), false),
            new Line("peak", List.of(new double[] {0, peak}, new double[] {SECONDS, peak}), true)));
  }

  private static List<double[]> points(IntStream counts) {
    var all = counts.toArray();
    return IntStream.range(0, all.length).mapToObj(i -> new double[] {i + 0.5, all[i]}).toList();
  }
}
