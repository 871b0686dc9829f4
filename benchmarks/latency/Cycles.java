package latency;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import load.Answer;
import load.Connection;
import load.Percentile;
import load.Request;
import load.Target;

/** The way round at rest: create, wait for running, pause, resume, delete; one call at a time. */
final class Cycles {

  private final List<Cycle> cycles = new ArrayList<>();

  static Cycles measured(Target target, int warmUp, int count) {
    var measured = new Cycles();
    try (var connection = new Connection(target)) {
      for (int i = 0; i < warmUp; i++) {
        cycle(target, connection);
      }
      for (int i = 0; i < count; i++) {
        measured.cycles.add(cycle(target, connection));
      }
    }
    return measured;
  }

  double millis(double share, ToDoubleFunction<Cycle> part) {
    return Percentile.of(cycles.stream().mapToDouble(part).toArray(), share);
  }

  private static Cycle cycle(Target target, Connection connection) {
    long begun = System.nanoTime();
    var created = good(connection.ask(Request.post(target, "/api/instances", "{}")));
    long answered = System.nanoTime();
    var path = "/api/instances/" + created.id();
    good(connection.ask(Request.get(target, path + "?wait_for=running&timeout=30")));
    long running = System.nanoTime();
    double paused = millis(connection, Request.post(target, path + "/pause", ""));
    double resumed = millis(connection, Request.post(target, path + "/resume", ""));
    good(connection.ask(Request.delete(target, path)));
    return new Cycle((answered - begun) / 1e6, (running - begun) / 1e6, paused, resumed);
  }

  private static double millis(Connection connection, Request request) {
    long begun = System.nanoTime();
    good(connection.ask(request));
    return (System.nanoTime() - begun) / 1e6;
  }

  // 202 stands for a wait that ended first; it is no figure.
  private static Answer good(Answer answer) {
    if (!answer.isGood() || answer.status() == 202) {
      throw new IllegalStateException("answer " + answer.status() + ": " + answer.text());
    }
    return answer;
  }
}
