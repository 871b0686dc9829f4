package engine;

import dev.muster.infrastructure.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import load.Percentile;
import machine.Noise;
import platform.Floor;
import report.Grid;
import report.Line;
import report.Plot;
import report.Report;
import report.Row;
import run.Options;
import run.Progress;

/** Appends of one event, by Muster's engine and by Axon's own, in turns on one PostgreSQL. */
final class Engine {

  private static final List<Integer> CLIENTS = List.of(1, 8, 64, 256);

  /** One after the other: rows a second with 16 connections, and both engines. */
  private record Round(double floor, Appends muster, Appends axon) {}

  private Engine() {}

  public static void main(String[] arguments) throws Exception {
    var options = Options.of(arguments);
    var noise = new Noise();
    var folder = Files.createTempDirectory("muster-bench");
    var server = EmbeddedPostgres.start(folder.resolve("postgresql"), 0);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, folder), "ending"));
    var measured = new ArrayList<List<Round>>();
    try (var floor = floor(server);
        var muster = new MusterStore(server);
        var axon = new AxonStore(server, MusterStore.payload())) {
      double seconds = options.quick() ? 1 : 5;
      round(floor, muster, axon, 64, options.quick() ? 4 : 15);
      for (int clients : CLIENTS) {
        var rounds = new ArrayList<Round>();
        for (int i = 0; i < (options.quick() ? 3 : 5); i++) {
          rounds.add(round(floor, muster, axon, clients, seconds));
        }
        measured.add(rounds);
        noise.floor(
            "beside " + clients + " clients", rounds.stream().mapToDouble(Round::floor).toArray());
      }
    }
    new Report(
            "engine",
            options.command("engine"),
            grid(measured),
            Optional.of(plot(measured)),
            List.of(
                "Both append one event of a new aggregate at a time; Axon's engine has 16"
                    + " connections, Muster's one."),
            noise.lines(),
            Map.of())
        .publish(options.out());
    System.exit(0); // pools have threads that would go on
  }

  private static Floor floor(EmbeddedPostgres server) throws Exception {
    int port = URI.create(server.jdbcUrl().substring("jdbc:".length())).getPort();
    return Floor.in(port, server.password());
  }

  private static Round round(
      Floor floor, MusterStore muster, AxonStore axon, int clients, double seconds)
      throws Exception {
    var round =
        new Round(
            floor.perSecond(seconds),
            Appends.of(clients, seconds, muster::append),
            Appends.of(clients, seconds, axon::append));
    Progress.say(
        "%d clients: floor %,.0f/s, Muster %,.0f/s, Axon %,.0f/s",
        clients, round.floor, round.muster.perSecond(), round.axon.perSecond());
    return round;
  }

  private static Grid grid(List<List<Round>> measured) {
    return new Grid(
        "clients",
        CLIENTS.stream().map(String::valueOf).toList(),
        List.of(
            row(measured, "durable rows/s, 16 connections (the floor)", 0, "", Round::floor),
            row(measured, "Muster, appends/s", 0, "", r -> r.muster.perSecond()),
            row(measured, "Axon's JDBC engine, appends/s", 0, "", r -> r.axon.perSecond()),
            row(measured, "Muster ÷ Axon", 2, "64 clients: ≥ 4", Engine::ratio),
            row(measured, "Muster ÷ floor", 2, "", r -> r.muster.perSecond() / r.floor),
            row(measured, "Muster, p50, ms", 2, "", r -> r.muster.median()),
            row(measured, "Axon, p50, ms", 2, "", r -> r.axon.median()),
            row(measured, "Muster, p99, ms", 2, "", r -> r.muster.worst()),
            row(measured, "Axon, p99, ms", 2, "", r -> r.axon.worst())),
        false);
  }

  private static double ratio(Round round) {
    return round.muster.perSecond() / round.axon.perSecond();
  }

  private static Row row(
      List<List<Round>> measured,
      String name,
      int decimals,
      String target,
      ToDoubleFunction<Round> what) {
    return Row.of(
        name, decimals, target, measured.stream().mapToDouble(r -> median(r, what)).toArray());
  }

  private static Plot plot(List<List<Round>> measured) {
    return new Plot(
        "appends a second",
        "clients",
        CLIENTS.stream().mapToDouble(c -> c).toArray(),
        true,
        List.of(
            new Line("Muster", points(measured, r -> r.muster.perSecond()), false),
            new Line("Axon's JDBC engine", points(measured, r -> r.axon.perSecond()), false),
            new Line("one-row inserts", points(measured, Round::floor), true)));
  }

  private static List<double[]> points(List<List<Round>> measured, ToDoubleFunction<Round> what) {
    var points = new ArrayList<double[]>();
    for (int i = 0; i < measured.size(); i++) {
      points.add(new double[] {CLIENTS.get(i), median(measured.get(i), what)});
    }
    return points;
  }

  private static double median(List<Round> rounds, ToDoubleFunction<Round> what) {
    return Percentile.median(rounds.stream().mapToDouble(what).toArray());
  }

  private static void end(EmbeddedPostgres server, Path folder) {
    server.close();
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      System.err.println("left behind: " + folder + ": " + e.getMessage());
    }
  }
}
