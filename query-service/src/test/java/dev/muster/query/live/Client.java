package dev.muster.query.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.query.RunningQueryService;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A client of a stream as browsers are: fields to events, and an id that is kept. */
final class Client implements AutoCloseable {

  record Received(long id, String type, String data) {}

  final List<Received> events = new CopyOnWriteArrayList<>();
  final List<String> comments = new CopyOnWriteArrayList<>();
  private final HttpResponse<InputStream> response;
  private final Thread reader;
  private volatile String lastId;

  private Client(HttpResponse<InputStream> response, String lastId) {
    this.response = response;
    this.lastId = lastId;
    this.reader = Thread.ofVirtual().start(this::read);
  }

  /** Begins with what comes next. */
  static Client at(RunningQueryService service, String query) {
    return of(service.open("/api/events" + query, "Accept", "text/event-stream"), "");
  }

  /** Goes on after an event. */
  static Client after(RunningQueryService service, String lastId) {
    return of(service.open("/api/events", "Last-Event-ID", lastId), lastId);
  }

  /** All there is, for the holder of that key. */
  static Client as(RunningQueryService service, String key) {
    return of(service.open("/api/events?after=0", "X-API-Key", key), "");
  }

  private static Client of(HttpResponse<InputStream> response, String lastId) {
    assertThat(response.statusCode()).isEqualTo(200);
    var client = new Client(response, lastId);
    await().until(() -> !client.comments.isEmpty());
    return client;
  }

  HttpResponse<InputStream> response() {
    return response;
  }

  /** Where it would go on. */
  String lastId() {
    return lastId;
  }

  List<Long> ids() {
    return events.stream().map(Received::id).toList();
  }

  void awaitId(long id) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> !lastId.isEmpty() && Long.parseLong(lastId) >= id);
  }

  /** Returns when the stream has ended. */
  void awaitEnd() throws InterruptedException {
    assertThat(reader.join(Duration.ofSeconds(20))).isTrue();
  }

  private void read() {
    try (var lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
      var type = "";
      var data = new StringBuilder();
      var id = lastId;
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(": ")) {
          comments.add(line.substring(2));
        } else if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          type = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data.append(line.substring(6));
        } else if (line.isEmpty()) {
          if (!data.isEmpty()) {
            events.add(new Received(Long.parseLong(id), type, data.toString()));
          }
          lastId = id;
          type = "";
          data.setLength(0);
        } else {
          assertThat(line).isEqualTo("retry: 2000");
        }
      }
    } catch (IOException e) {
      // It was closed, at this end or the other.
    }
  }

  @Override
  public void close() throws IOException {
    response.body().close();
  }
}
