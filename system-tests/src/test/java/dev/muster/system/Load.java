package dev.muster.system;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that take instances through their life until told to stop; they note what was said.
 * Patient ones go on with another instance when something is refused or breaks off.
 */
final class Load implements AutoCloseable {

  private static final String SLEEPER = "{\"command\": [\"sleep\", \"100000\"]}";

  private final Api api;
  private final boolean patient;
  private final AtomicInteger requests = new AtomicInteger();
  private final List<Thread> clients;
  private volatile boolean stop;

  /** Instance ids by the request ids of the commands that were acknowledged. */
  final Map<String, String> acknowledged = new ConcurrentHashMap<>();

  final ConcurrentLinkedQueue<String> surprises = new ConcurrentLinkedQueue<>();

  /** Instances that were acknowledged and yet could not be read. */
  final ConcurrentLinkedQueue<String> failedReads = new ConcurrentLinkedQueue<>();

  private final String name = "load-" + Long.toString(System.nanoTime(), 36) + "-";

  Load(Api api, int clients) {
    this(api, clients, false);
  }

  static Load patient(Api api, int clients) {
    return new Load(api, clients, true);
  }

  private Load(Api api, int clients, boolean patient) {
    this.api = api;
    this.patient = patient;
    this.clients =
        java.util.stream.IntStream.range(0, clients)
            .mapToObj(i -> Thread.ofPlatform().name("client-" + i).start(this::work))
            .toList();
  }

  private void work() {
    try {
      while (!stop) {
        try {
          life();
        } catch (ContractViolation e) {
          throw e;
        } catch (IOException | RuntimeException | AssertionError e) {
          if (!patient) {
            throw e;
          }
          Thread.sleep(100);
        }
      }
    } catch (IOException e) {
      // The platform is gone, which is what this is about.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | AssertionError e) {
      surprises.add(e.toString());
    }
  }

  private void life() throws IOException, InterruptedException {
    var created = create();
    if (created.status() != 201) {
      return;
    }
    var id = created.json().get("id").asString();
    if (!awaitRunning(id, created.header("Read-Side").equals("behind"))) {
      return;
    }
    // A step presumes the one before: to resume what was never paused is 200 and leaves no event.
    if (command("POST", "/api/instances/" + id + "/pause", id)
        && command("POST", "/api/instances/" + id + "/resume", id)
        && command("POST", "/api/instances/" + id + "/restart", id)
        && requests.get() % 3 != 0) {
      command("DELETE", "/api/instances/" + id, id);
    }
  }

  private Api.Answer create() throws IOException, InterruptedException {
    var requestId = nextRequest();
    var answer = api.post("/api/instances", SLEEPER, "X-Request-Id", requestId);
    if (answer.status() != 201) {
      surprises.add("create: " + answer);
    } else {
      acknowledged.put(requestId, answer.json().get("id").asString());
    }
    return answer;
  }

  /**
   * @param behind whether the answer said that the read side does not show it yet
   */
  private boolean awaitRunning(String id, boolean behind) throws IOException, InterruptedException {
    while (!stop) {
      var answer = api.get("/api/instances/" + id);
      if (behind && answer.status() == 404) {
        Thread.sleep(20);
        continue;
      }
      if (answer.status() != 200) {
        failedReads.add(id + ": " + answer);
        return false;
      }
      var status = answer.json().get("status").asString();
      if (!status.equals("creating")) {
        return status.equals("running");
      }
      Thread.sleep(20);
    }
    return false;
  }

  /**
   * @return whether it was acknowledged, and the next step may follow
   */
  private boolean command(String method, String path, String id)
      throws IOException, InterruptedException {
    if (stop) {
      return false;
    }
    var requestId = nextRequest();
    var answer = api.send(method, path, "", "X-Request-Id", requestId);
    if (answer.status() / 100 != 2) {
      surprises.add(method + " " + path + ": " + answer);
      return false;
    }
    acknowledged.put(requestId, id);
    return true;
  }

  private String nextRequest() {
    return name + requests.incrementAndGet();
  }

  @Override
  public void close() throws InterruptedException {
    stop = true;
    for (var client : clients) {
      client.join();
    }
  }
}
