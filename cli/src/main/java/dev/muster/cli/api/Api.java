package dev.muster.cli.api;

import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import dev.muster.cli.context.Server;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Calls of one server. What is safe to repeat is repeated for a while when the server is busy or a
 * connection breaks; commands are, as each has an idempotency key.
 */
public final class Api implements AutoCloseable {

  private static final int TRIES = 5;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final int PAGE = 1000;

  private final Server server;
  private final Http http;
  private final Consumer<String> calls;

  /**
   * @param calls is told of each call, as a curl line
   */
  public Api(Server server, Consumer<String> calls) {
    this.server = server;
    this.http = new Http(server);
    this.calls = calls;
  }

  @Override
  public void close() {
    http.close();
  }

  public Server server() {
    return server;
  }

  /** A command, under an idempotency key of its own. */
  public ApiAnswer command(Call call) {
    return send(call.header("Idempotency-Key", UUID.randomUUID().toString()));
  }

  public JsonNode get(String path) {
    return send(Call.get(path)).json();
  }

  /** All rows of a list, page by page, up to so many. */
  public List<JsonNode> rows(Call list, int limit) {
    var rows = new ArrayList<JsonNode>();
    var next = Optional.of(list.query("limit", Optional.of(Math.min(limit, PAGE))).path());
    while (next.isPresent() && rows.size() < limit) {
      var answer = send(Call.get(next.get()));
      answer.json().forEach(rows::add);
      next = answer.nextPage();
    }
    return rows.size() > limit ? rows.subList(0, limit) : rows;
  }

  /**
   * @throws ApiProblemException when the server says no
   * @throws UnreachableException when it says nothing
   */
  public ApiAnswer send(Call call) {
    return checked(sendAnyway(call));
  }

  /**
   * @throws ApiProblemException when the server says no
   */
  public ApiAnswer checked(ApiAnswer answer) {
    if (!answer.isSuccess()) {
      throw ApiProblemException.of(answer, server);
    }
    return answer;
  }

  /** The answer, whatever its status is. */
  public ApiAnswer sendAnyway(Call call) {
    var response = repeated(call, BodyHandlers.ofString());
    return new ApiAnswer(response.statusCode(), response.headers(), response.body());
  }

  /** An answer that is no text. */
  public byte[] bytes(Call call) {
    var response = repeated(call, BodyHandlers.ofByteArray());
    if (response.statusCode() / 100 != 2) {
      var text = new String(response.body(), StandardCharsets.UTF_8);
      throw ApiProblemException.of(
          new ApiAnswer(response.statusCode(), response.headers(), text), server);
    }
    return response.body();
  }

  private <T> HttpResponse<T> repeated(Call call, BodyHandler<T> body) {
    calls.accept(CurlLine.of(server, call));
    for (int tries = 1; ; tries++) {
      try {
        var response = http.send(call, body);
        var pause = pauseAfter(response, tries);
        if (!call.isSafeToRepeat() || tries == TRIES || pause.isEmpty()) {
          return response;
        }
        rest(pause.get());
      } catch (ConnectException | HttpTimeoutException e) {
        throw new UnreachableException(server, e);
      } catch (IOException e) {
        if (!call.isSafeToRepeat() || tries == TRIES) {
          throw new UnreachableException(server, e);
        }
        rest(backoff(tries));
      }
    }
  }

  /**
   * An answer that has no end, to be closed.
   *
   * @throws IOException when there is no connection, or it breaks
   */
  Stream open(Call call) throws IOException {
    calls.accept(CurlLine.of(server, call));
    var response = http.send(call.within(Duration.ZERO), BodyHandlers.ofInputStream());
    if (response.statusCode() / 100 != 2) {
      try (var body = response.body()) {
        var text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
        throw ApiProblemException.of(
            new ApiAnswer(response.statusCode(), response.headers(), text), server);
      }
    }
    return new Stream(response.headers(), response.body());
  }

  /** The answer's body, as it comes. */
  record Stream(HttpHeaders headers, InputStream body) {

    boolean isOf(String mediaType) {
      return headers.firstValue("Content-Type").orElse("").startsWith(mediaType);
    }
  }

  /**
   * The body of an answer, as it comes; to be closed.
   *
   * @throws IOException when there is no connection, or it breaks
   */
  public InputStream body(Call call) throws IOException {
    return open(call).body();
  }

  /** Copies an answer as it comes. */
  public void copy(Call call, OutputStream to) {
    try (var body = open(call).body()) {
      body.transferTo(to);
    } catch (IOException e) {
      throw new UnreachableException(server, e);
    }
  }

  /** What is said when a connection broke, and trying again did not help. */
  public Failure unreachable(IOException e) {
    return new UnreachableException(server, e);
  }

  private static Optional<Duration> pauseAfter(HttpResponse<?> answer, int tries) {
    if (answer.statusCode() != 429 && answer.statusCode() != 503) {
      return Optional.empty();
    }
    return answer
        .headers()
        .firstValue("Retry-After")
        .filter(text -> text.matches("\\d{1,6}"))
        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
        .or(() -> Optional.of(backoff(tries)))
        .filter(pause -> pause.compareTo(LONGEST_PAUSE) <= 0);
  }

  static Duration backoff(int tries) {
    long most = Math.min(4000, 200L << Math.min(tries, 10));
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most));
  }

  static void rest(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(Exit.FAILED, "interrupted");
    }
  }
}
