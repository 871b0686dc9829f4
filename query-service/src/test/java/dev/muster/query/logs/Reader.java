package dev.muster.query.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.query.RunningQueryService;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A client that reads the lines of an answer as they come. */
public final class Reader implements AutoCloseable {

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final HttpResponse<InputStream> response;
  private final Thread thread;

  private Reader(HttpResponse<InputStream> response) {
    assertThat(response.statusCode()).isEqualTo(200);
    this.response = response;
    this.thread = Thread.ofVirtual().start(this::read);
  }

  /**
   * @param headers names and values in turn
   */
  public static Reader of(RunningQueryService service, String path, String... headers) {
    return new Reader(service.open(path, headers));
  }

  public List<String> lines() {
    return List.copyOf(lines);
  }

  public void awaitLine(String line) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> lines.contains(line));
  }

  void awaitEnd() throws InterruptedException {
    assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
  }

  private void read() {
    try (var body = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
      body.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      // It was closed, at this end or the other.
    }
  }

  @Override
  public void close() throws IOException {
    response.body().close();
  }
}
