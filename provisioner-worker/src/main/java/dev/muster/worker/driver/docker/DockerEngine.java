package dev.muster.worker.driver.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.muster.worker.driver.HostFaultException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls of the Docker Engine API. An engine that does not answer, or answers 5xx where that tells
 * nothing to a user, is a {@link HostFaultException}; the next call tries it anew.
 */
final class DockerEngine {

  private static final Logger log = LoggerFactory.getLogger(DockerEngine.class);

  private static final Duration CONNECTING = Duration.ofSeconds(5);

  /** The longest that an engine may be silent while it answers. */
  private static final Duration ANSWERING = Duration.ofSeconds(30);

  /** The longest that a pull may take. */
  private static final Duration PULLING = Duration.ofMinutes(10);

  private static final int CONNECTIONS = 1_000;

  /** A call can be given up in none but a thread of its own: a Unix socket knows no time limit. */
  private static final ExecutorService THREADS =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("engine-", 0).factory());

  private static final JsonMapper JSON = JsonMapper.shared();

  private final String host;
  private final String url;
  private final DockerHttpClient client;

  DockerEngine(String host, String url) {
    this.host = host;
    this.url = url;
    this.client =
        new ZerodepDockerHttpClient.Builder()
            .dockerHost(URI.create(url))
            .maxConnections(CONNECTIONS)
            .connectionTimeout(CONNECTING)
            .build();
  }

  /** What the engine said to a call. */
  record Answer(int status, byte[] body) {

    boolean isOk() {
      return status >= 200 && status < 300;
    }

    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (JacksonException e) {
        throw new HostFaultException("the engine's answer is not JSON", e);
      }
    }

    /** For the user to read. */
    String message() {
      try {
        var message = JSON.readTree(body).path("message").asString("");
        return message.isEmpty() ? "status " + status : message;
      } catch (JacksonException e) {
        return "status " + status;
      }
    }
  }

  /** Empty when there is no such thing. */
  Optional<JsonNode> find(String path) {
    var answer = call("GET", path, null);
    return answer.status() == 404 ? Optional.empty() : Optional.of(ok(answer, path).json());
  }

  /** What is there on every engine. */
  JsonNode get(String path) {
    return ok(call("GET", path, null), path).json();
  }

  Answer post(String path) {
    return call("POST", path, null);
  }

  Answer post(String path, Map<String, ?> body) {
    return call("POST", path, JSON.writeValueAsBytes(body));
  }

  /**
   * Lets one container that the engine does not get along with keep nobody from the others.
   *
   * @throws HostFaultException the same, when the engine does not answer at all
   */
  void unlessAway(HostFaultException fault, String instanceId) {
    if (!call("GET", "/_ping", null).isOk()) {
      throw fault;
    }
    log.error(
        "the engine cannot handle a container, see to it instance_id={} host={}",
        instanceId,
        host,
        fault);
  }

  /** Done twice, it is done once. */
  void delete(String path) {
    var answer = call("DELETE", path, null);
    // 409: somebody else is removing it.
    if (answer.status() != 404 && answer.status() != 409) {
      ok(answer, path);
    }
  }

  /** The header of that name in the answer to HEAD; empty when there is no such thing. */
  Optional<String> head(String path, String header) {
    return read(
        request("HEAD", path, null).build(),
        response ->
            response.getStatusCode() == 200
                ? Optional.ofNullable(response.getHeader(header))
                : Optional.empty());
  }

  Answer ok(Answer answer, String path) {
    if (!answer.isOk()) {
      throw new HostFaultException(
          "the engine of host %s refused %s: %s".formatted(host, path, answer.message()));
    }
    return answer;
  }

  Answer call(String method, String path, byte @Nullable [] body) {
    return read(request(method, path, body).build(), DockerEngine::answer);
  }

  /** For what may take minutes. */
  Answer longCall(String path, byte @Nullable [] body, Map<String, String> headers) {
    var request = request("POST", path, body).putAllHeaders(headers).build();
    return timed(PULLING, () -> whole(request, DockerEngine::answer));
  }

  /** What a reader makes of an answer that need not be read to its end. */
  <T> T read(String path, Reader<T> reader) {
    return read(request("GET", path, null).build(), reader);
  }

  /** Both directions at once, until one side ends it. */
  AttachedExec attached(String exec, Map<String, ?> body) {
    var json = JSON.writeValueAsBytes(body);
    return timed(ANSWERING, () -> AttachedExec.start(URI.create(url), exec, json));
  }

  static JsonNode parse(String json) {
    return JSON.readTree(json);
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  /** For the query of a list. */
  static String labelled(List<String> labels) {
    return encoded(JSON.writeValueAsString(Map.of("label", labels)));
  }

  @FunctionalInterface
  interface Reader<T> {
    T read(Response response) throws IOException;
  }

  private static Answer answer(Response response) throws IOException {
    try (var body = response.getBody()) {
      return new Answer(response.getStatusCode(), body.readAllBytes());
    }
  }

  private <T> T read(Request request, Reader<T> reader) {
    return timed(ANSWERING, () -> whole(request, reader));
  }

  private <T> T whole(Request request, Reader<T> reader) throws IOException {
    try (var response = client.execute(request)) {
      return reader.read(response);
    }
  }

  private <T> T timed(Duration most, Callable<T> call) {
    var answer = THREADS.submit(call);
    try {
      return answer.get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw away(new TimeoutException("nothing was heard for %d s".formatted(most.toSeconds())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw away(e);
    } catch (ExecutionException e) {
      throw switch (e.getCause()) {
        case HostFaultException fault -> fault;
        case RuntimeException failed when failed.getCause() instanceof IOException cause ->
            away(cause);
        case null -> away(e);
        case Throwable cause -> away(cause);
      };
    } finally {
      answer.cancel(true);
    }
  }

  private static Request.Builder request(String method, String path, byte @Nullable [] body) {
    var request = Request.builder();
    request.method(method).path(path);
    if (body != null) {
      request.putHeader("Content-Type", "application/json").body(new ByteArrayInputStream(body));
    }
    return request;
  }

  HostFaultException away(Throwable cause) {
    return new HostFaultException(
        "the Docker Engine of host %s at %s does not answer: %s".formatted(host, url, cause),
        cause);
  }
}
