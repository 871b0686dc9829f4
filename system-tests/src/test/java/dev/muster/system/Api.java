package dev.muster.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls over HTTP, with nothing between the test and the wire. Each answer must be as the contract
 * has it.
 */
final class Api {

  static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final int port;
  private final String key;
  private final boolean underContract;

  Api(int port, String key) {
    this(port, key, true);
  }

  private Api(int port, String key, boolean underContract) {
    this.port = port;
    this.key = key;
    this.underContract = underContract;
  }

  /** What a service says to its operators, which is not part of the contract. */
  static Api ofOperators(int port) {
    return new Api(port, "", false);
  }

  record Answer(int status, java.net.http.HttpHeaders headers, String body) {

    JsonNode json() {
      return JSON.readTree(body);
    }

    String header(String name) {
      return headers.firstValue(name).orElse("");
    }
  }

  Answer get(String path, String... headers) throws IOException, InterruptedException {
    return send("GET", path, "", headers);
  }

  Answer post(String path, String body, String... headers)
      throws IOException, InterruptedException {
    return send("POST", path, body, headers);
  }

  Answer delete(String path) throws IOException, InterruptedException {
    return send("DELETE", path, "");
  }

  /** Headers are names and values in turn; a body is JSON unless a Content-Type says otherwise. */
  Answer send(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    var response = client.send(request(method, path, body, headers), BodyHandlers.ofString());
    var answer = new Answer(response.statusCode(), response.headers(), response.body());
    if (underContract) {
      Contract.OF_THIS_BUILD.check(method, path, body, answer);
    }
    return answer;
  }

  /** What is no text. */
  byte[] bytes(String path) throws IOException, InterruptedException {
    var response = client.send(request("GET", path, ""), BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new AssertionError("%s answers %d".formatted(path, response.statusCode()));
    }
    return response.body();
  }

  /** The lines of an answer as they come, to be closed. */
  Stream<String> lines(String path, String... headers) throws IOException, InterruptedException {
    return client.send(request("GET", path, "", headers), BodyHandlers.ofLines()).body();
  }

  private HttpRequest request(String method, String path, String body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(90))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!key.isEmpty() && !List.of(headers).contains("X-API-Key")) {
      request.header("X-API-Key", key);
    }
    if (!body.isEmpty() && !List.of(headers).contains("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request.build();
  }

  boolean isReady() throws InterruptedException {
    try {
      return get("/healthz").status() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Creates an instance and waits until it runs; returns its id. */
  String running(String body) throws IOException, InterruptedException {
    var id = post("/api/instances", body).json().get("id").asString();
    awaitStatus(id, "running");
    return id;
  }

  void awaitStatus(String id, String status) {
    org.awaitility.Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> statusOf(id), status::equals);
  }

  String statusOf(String id) throws IOException, InterruptedException {
    return get("/api/instances/" + id).json().get("status").asString();
  }

  /** The whole history, page by page. */
  List<JsonNode> history(String id) throws IOException, InterruptedException {
    return pages("/api/instances/" + id + "/history?limit=1000");
  }

  /** Every row of a list, following its links. */
  List<JsonNode> pages(String path) throws IOException, InterruptedException {
    var rows = new java.util.ArrayList<JsonNode>();
    for (var next = path; !next.isEmpty(); ) {
      var answer = get(next);
      if (answer.status() != 200) {
        throw new AssertionError(next + " answers " + answer);
      }
      answer.json().forEach(rows::add);
      next = nextPage(answer.header("Link"));
    }
    return rows;
  }

  private static String nextPage(String link) {
    if (!link.contains("rel=\"next\"")) {
      return "";
    }
    var target = URI.create(link.substring(link.indexOf('<') + 1, link.indexOf('>')));
    return target.getRawPath() + "?" + target.getRawQuery();
  }
}
