package http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;

/**
 * One call, again and again, each connection waiting for its answer. Prints answers per second,
 * median and 99th percentile in milliseconds, and how many were not 2xx.
 */
final class Http {

  private record Load(HttpRequest request, int seconds, int connections) {}

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ConcurrentLinkedQueue<long[]> latencies = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Integer> failures = new ConcurrentLinkedQueue<>();

  /** Arguments: METHOD url key seconds connections [Header: value]. */
  public static void main(String[] arguments) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(arguments[1]))
            .timeout(Duration.ofSeconds(30))
            .header("X-API-Key", arguments[2])
            .header("Content-Type", "application/json")
            .method(
                arguments[0],
                arguments[0].equals("GET")
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString("{}"))
            .build();
    var seconds = Integer.parseInt(arguments[3]);
    var connections = Integer.parseInt(arguments[4]);
    new Http().run(new Load(request, Math.max(2, seconds / 2), connections));
    var measured = new Http();
    measured.run(new Load(request, seconds, connections));
    measured.report(seconds);
  }

  private void run(Load load) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < load.connections(); i++) {
        threads.submit(() -> work(load));
      }
    }
  }

  private void work(Load load) {
    var until = System.nanoTime() + Duration.ofSeconds(load.seconds()).toNanos();
    var own = new long[1 << 20];
    int count = 0;
    try {
      while (count < own.length && System.nanoTime() < until) {
        var begun = System.nanoTime();
        var status = client.send(load.request(), BodyHandlers.discarding()).statusCode();
        own[count++] = System.nanoTime() - begun;
        if (status / 100 != 2) {
          failures.add(status);
        }
      }
    } catch (Exception e) {
      failures.add(0);
    }
    latencies.add(Arrays.copyOf(own, count));
  }

  private void report(int seconds) {
    var all = latencies.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    System.out.printf(
        "%.0f %.2f %.2f %d%n",
        all.length / (double) seconds,
        all[all.length / 2] / 1e6,
        all[(int) (all.length * 0.99)] / 1e6,
        failures.size());
  }
}
