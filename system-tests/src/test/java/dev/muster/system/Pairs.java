package dev.muster.system;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Pairs of a command and the GET that follows its answer at once, on several connections. Each of
 * them has an instance of its own, or several one after another.
 */
final class Pairs {

  private static final String SLEEPER = "{\"command\": [\"sleep\", \"100000\"], \"name\": \"%s\"}";

  /** How many pairs are made with one instance before it is deleted. */
  private static final int OF_ONE = 100;

  private final Api api;
  private final int count;
  private final AtomicInteger made = new AtomicInteger();
  private final AtomicInteger behind = new AtomicInteger();
  private final Queue<String> stale = new ConcurrentLinkedQueue<>();

  private Pairs(Api api, int count) {
    this.api = api;
    this.count = count;
  }

  static Pairs make(Api api, int count, int connections) throws Exception {
    var pairs = new Pairs(api, count);
    try (var clients = Executors.newFixedThreadPool(connections)) {
      var lives = new ArrayList<Callable<Void>>();
      for (int i = 0; i < connections; i++) {
        var name = "pairs-%d-%d".formatted(System.nanoTime(), i);
        lives.add(() -> pairs.work(name));
      }
      for (var life : clients.invokeAll(lives)) {
        life.get();
      }
    }
    return pairs;
  }

  int made() {
    return made.get();
  }

  /** Answers that said themselves that the read side had not caught up. */
  int behind() {
    return behind.get();
  }

  /** Answers that were not to be seen at once, and said nothing of it. */
  List<String> stale() {
    return List.copyOf(stale);
  }

  private Void work(String name) throws IOException, InterruptedException {
    while (made.get() < count) {
      life(name);
    }
    return null;
  }

  private void life(String name) throws IOException, InterruptedException {
    var created = api.post("/api/instances", SLEEPER.formatted(name), "Prefer", "wait=60");
    var id = created.json().get("id").asString();
    look(created, id, "running");
    lookInList(created, id, name);
    for (int i = 0; i < OF_ONE && made.get() < count; i += 2) {
      look(api.post("/api/instances/" + id + "/pause", ""), id, "paused");
      look(api.post("/api/instances/" + id + "/resume", ""), id, "running");
    }
    look(api.delete("/api/instances/" + id), id, "stopped");
  }

  private void look(Api.Answer command, String id, String status)
      throws IOException, InterruptedException {
    var seen = api.get("/api/instances/" + id);
    made.incrementAndGet();
    var isSeen =
        seen.status() == 200
            && seen.json().get("status").asString().equals(status)
            && seen.json().get("version").asString().equals(command.header("Instance-Version"));
    judge(isSeen, command, seen);
  }

  private void lookInList(Api.Answer command, String id, String name)
      throws IOException, InterruptedException {
    var seen = api.get("/api/instances?name=" + name);
    made.incrementAndGet();
    judge(seen.body().contains(id), command, seen);
  }

  private void judge(boolean isSeen, Api.Answer command, Api.Answer seen) {
    if (!command.header("Read-Side").isEmpty()) {
      behind.incrementAndGet();
    } else if (!isSeen || command.status() / 100 != 2 || command.status() == 202) {
      stale.add("%s and then %s".formatted(command, seen));
    }
  }
}
