package dev.muster.query;

import static org.awaitility.Awaitility.await;

import dev.muster.events.kafka.TestKafka;
import dev.muster.infrastructure.FreePort;
import dev.muster.web.key.PresentedKey;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The query service as operators run it: a process of its own, with a heap of 512 MiB. */
public final class QueryProcess implements AutoCloseable {

  private static final String LAG = "muster_projection_lag_events{topic=\"instance-events\"}";
  private static final String DONE = "muster_projection_events_total{topic=\"instance-events\"}";
  private static final String KEY = PresentedKey.generate().text();

  private record Sample(long nanos, double done) {}

  private final Process process;
  private final Path log;
  private final int port;
  private final int opsPort;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Sample> samples = new ArrayList<>();

  private QueryProcess(Process process, Path log, int port, int opsPort) {
    this.process = process;
    this.log = log;
    this.port = port;
    this.opsPort = opsPort;
  }

  /**
   * @param more settings, as {@code name=value}
   */
  public static QueryProcess start(
      Path log, String bootstrapServers, String mongoUri, String... more) throws IOException {
    var port = FreePort.any();
    var opsPort = FreePort.any();
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                QueryService.class.getName(),
                "--port=" + port,
                "--ops-port=" + opsPort,
                "--muster.api-key=" + KEY,
                "--muster.records.secret=" + TestKafka.SECRET,
                "--muster.kafka.bootstrap-servers=" + bootstrapServers,
                "--muster.kafka.partitions=8",
                "--muster.mongodb.uri=" + mongoUri));
    for (var setting : more) {
      command.add("--" + setting);
    }
    var process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return new QueryProcess(process, log, port, opsPort);
  }

  /** Returns once it is ready, with the largest lag that its metrics showed on the way. */
  public long awaitReady() {
    var most = new long[1];
    await()
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              failIfEnded();
              most[0] = Math.max(most[0], (long) metric(LAG));
              samples.add(new Sample(System.nanoTime(), metric(DONE)));
              return status("/healthz") == 200;
            });
    return most[0];
  }

  /** Returns once its metrics show that many records written, each once, and nothing waiting. */
  public void awaitAll(int records) {
    await().atMost(Duration.ofSeconds(20)).until(() -> metric(DONE) == records && metric(LAG) == 0);
    samples.add(new Sample(System.nanoTime(), metric(DONE)));
  }

  /** From the last look before the first record to the first look after the last one. */
  public double eventsPerSecond() {
    var all = samples.getLast().done();
    var begin = samples.stream().filter(sample -> sample.done() == 0).toList().getLast();
    var end = samples.stream().filter(sample -> sample.done() == all).findFirst().orElseThrow();
    return all / ((end.nanos() - begin.nanos()) / 1e9);
  }

  public long mostResidentMiB() {
    try (var lines = Files.lines(Path.of("/proc", String.valueOf(process.pid()), "status"))) {
      return lines
              .filter(line -> line.startsWith("VmHWM:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .findFirst()
              .orElseThrow()
          / 1024;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The value of a line of its metrics, 0 while it is not there. */
  public double metric(String name) {
    return ask("http://127.0.0.1:%d/metrics".formatted(opsPort))
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(0);
  }

  public String get(String path) {
    return ask("http://127.0.0.1:%d%s".formatted(port, path));
  }

  /** A GET whose answer nobody reads, unless the caller does; it has room for a few KiB. */
  public Socket ask(String path, String header) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.connect(new InetSocketAddress("127.0.0.1", port));
    var request =
        "GET %s HTTP/1.1\r\nHost: localhost\r\nX-API-Key: %s\r\n%s\r\n\r\n"
            .formatted(path, KEY, header);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /** The answer as it comes, to be closed. */
  public InputStream stream(String path) throws IOException {
    var connection =
        URI.create("http://127.0.0.1:%d%s".formatted(port, path)).toURL().openConnection();
    connection.setRequestProperty("X-API-Key", KEY);
    return connection.getInputStream();
  }

  /** Asks it to end; its exit status. */
  public int stop() throws InterruptedException {
    process.destroy();
    return process.waitFor();
  }

  private int status(String path) {
    try {
      var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
      return http.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private String ask(String uri) {
    try {
      var request = HttpRequest.newBuilder(URI.create(uri)).header("X-API-Key", KEY).build();
      return http.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private void failIfEnded() throws IOException {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "the service ended with %d: %s".formatted(process.exitValue(), Files.readString(log)));
    }
  }

  @Override
  public void close() throws InterruptedException {
    http.close();
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
