package workers;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** The servers and services of one run, each a process of its own, ended with it. */
final class Platform implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern RECORDED =
      Pattern.compile("(?m)^muster_outcomes_total\\{[^}]*result=\"recorded\"[^}]*} ([0-9.E]+)$");

  private final Path muster;
  private final Path data;
  private final List<Process> services = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private int commandPort;
  private int commandOps;
  private int queryPort;
  private String key = "";

  private Platform(Path muster, Path data) {
    this.muster = muster;
    this.data = data;
  }

  static Platform start(Path muster) throws Exception {
    var platform = new Platform(muster, Files.createTempDirectory("muster-workers"));
    try {
      platform.start();
      return platform;
    } catch (Exception e) {
      platform.close();
      throw e;
    }
  }

  private void start() throws Exception {
    run(
        "infra",
        "--detach",
        "--data",
        data.toString(),
        "--postgresql-port",
        "" + freePort(),
        "--kafka-port",
        "" + freePort(),
        "--mongodb-port",
        "" + freePort());
    key = Files.readString(data.resolve("admin.key")).strip();
    commandPort = freePort();
    commandOps = freePort();
    queryPort = freePort();
    int queryOps = freePort();
    services.add(
        service(
            "command",
            "--port",
            "" + commandPort,
            "--ops-port",
            "" + commandOps,
            "--muster.operation-deadline=1h"));
    services.add(service("query", "--port", "" + queryPort, "--ops-port", "" + queryOps));
    awaitReady(queryOps);
  }

  /** Ready workers of a region of their own, with one simulated host. */
  Group workers(String region, int count, int tasksAtOnce, int actionMillis) throws Exception {
    var config =
        Files.writeString(
            data.resolve(region + ".yaml"),
            """
            muster:
              hosts:
                - { name: host-%s, region: %s, driver: simulated, action-latency: %dms, capacity: 1000000 }
            """
                .formatted(region, region, actionMillis));
    var group = new Group(region, count);
    for (int i = 1; i <= count; i++) {
      int ops = freePort();
      group.members.add(
          service(
              "worker",
              "--name",
              region + "-" + i,
              "--ops-port",
              "" + ops,
              "--config",
              config.toString(),
              "--muster.worker.tasks-at-once=" + tasksAtOnce));
      group.ops.add(ops);
    }
    return group;
  }

  final class Group implements AutoCloseable {

    private final String region;
    private final int count;
    private final List<Process> members = new ArrayList<>();
    private final List<Integer> ops = new ArrayList<>();

    private Group(String region, int count) {
      this.region = region;
      this.count = count;
    }

    /** Returns when every worker has its share of the partitions. */
    void awaitShared() throws InterruptedException {
      ops.forEach(Platform.this::awaitReady);
      // It knows of no region before a worker has announced a host there.
      awaitReady(commandOps);
      await("partitions to be shared in " + region, this::isShared);
    }

    private boolean isShared() {
      var held =
          Pattern.compile("\\{[^{}]*\"" + region + "\"[^{}]*\"partitions\":(\\d+)")
              .matcher(get(queryPort, "/api/workers"))
              .results()
              .mapToInt(match -> Integer.parseInt(match.group(1)))
              .toArray();
      // The retries' partition counts in the split and not in what a worker says.
      return held.length == count
          && java.util.Arrays.stream(held).sum() == 64
          && java.util.Arrays.stream(held).min().orElse(0) >= 64 / count - 1;
    }

    @Override
    public void close() throws InterruptedException {
      members.forEach(Process::destroy);
      for (var member : members) {
        member.waitFor();
      }
    }
  }

  void create(String region) {
    var answer =
        send(
            request(commandPort, "/api/instances")
                .POST(BodyPublishers.ofString("{\"name\":\"b\",\"region\":\"" + region + "\"}")));
    if (!answer.contains("\"creating\"")) {
      throw new IllegalStateException("no instance was made: " + answer);
    }
  }

  /** How many outcomes have become events. */
  long outcomes() {
    var found = RECORDED.matcher(get(commandOps, "/metrics"));
    return found.find() ? (long) Double.parseDouble(found.group(1)) : 0;
  }

  /** Returns how many there are when there are so many at least. */
  long awaitOutcomes(long count) throws InterruptedException {
    await(count + " outcomes", () -> outcomes() >= count);
    return outcomes();
  }

  private void awaitReady(int opsPort) {
    try {
      await("a service to be ready", () -> get(opsPort, "/healthz").contains("\"ready\""));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException("waited in vain for " + what);
      }
      Thread.sleep(100);
    }
  }

  private String get(int port, String path) {
    return send(request(port, path));
  }

  private HttpRequest.Builder request(int port, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("X-API-Key", key)
        .header("Content-Type", "application/json");
  }

  private String send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Process service(String... words) throws IOException {
    var command = new ArrayList<>(List.of(muster.toString(), "service"));
    command.addAll(List.of(words));
    command.addAll(List.of("--env", data.resolve("infra.env").toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(data.resolve("services.log").toFile()))
        .start();
  }

  private void run(String... words) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(muster.toString()));
    command.addAll(List.of(words));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IllegalStateException(said);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws Exception {
    services.forEach(Process::destroy);
    for (var service : services) {
      service.waitFor();
    }
    run("infra", "--stop", "--data", data.toString());
    try (var files = Files.walk(data)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
