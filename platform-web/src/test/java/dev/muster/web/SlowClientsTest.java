package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.web.key.PresentedKey;
import dev.muster.web.waiting.VersionWaiters;
import dev.muster.web.wire.Answer;
import dev.muster.web.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Clients who send a byte now and then, more often than the server's own timeout, which begins anew
 * with each.
 */
class SlowClientsTest {

  private static final String KEY = PresentedKey.generate().text();

  private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

  private static ConfigurableApplicationContext service;
  private static int port;

  /** Waits for as long as a body may take to arrive. */
  @RestController
  static class Waits {

    private final VersionWaiters waiters;

    Waits(VersionWaiters waiters) {
      this.waiters = waiters;
    }

    @PostMapping("/api/waits")
    long await(@RequestBody String body) throws InterruptedException {
      try (var interest = waiters.watch(body)) {
        return interest.await(1, Duration.ofMillis(500));
      }
    }
  }

  @BeforeAll
  static void start() {
    service =
        SpringApplication.run(
            PlatformWebTest.Service.class,
            "--server.port=0",
            "--muster.api-key=" + KEY,
            "--muster.http.request-time=500ms",
            "--server.tomcat.connection-timeout=1s",
            "--server.tomcat.keep-alive-timeout=1s");
    port = service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  @AfterAll
  static void stop() {
    service.close();
    THREADS.close();
  }

  @ParameterizedTest
  @CsvSource({"'GET /',a", "'GET /healthz HTTP/1.1\r\nHost: ',a", "'\r\n',a", "'\r\n','\r\n'"})
  void a_head_that_dribbles_in_is_cut_off(String begun, String more) throws Exception {
    try (var wire = Wire.to(port)) {
      wire.send(Wire.bytes(begun));

      assertThat(dribble(wire, more)).isEmpty();
    }
  }

  @Test
  void a_body_that_dribbles_in_is_told_so_and_cut_off() throws Exception {
    try (var wire = Wire.to(port)) {
      wire.send(head("POST", "X-API-Key: " + KEY));

      var answers = dribble(wire, "a");

      assertThat(answers).singleElement().extracting(Answer::status).isEqualTo(408);
      assertThat(answers.getFirst().body()).contains("\"type\":\"/problems/timeout\"");
    }
  }

  @Test
  void an_answer_that_takes_as_long_as_a_body_may_is_one_answer_a_hundred_times() throws Exception {
    var calls = new ArrayList<CompletableFuture<List<Answer>>>();
    for (int i = 0; i < 100; i++) {
      calls.add(CompletableFuture.supplyAsync(SlowClientsTest::callThatWaits, THREADS));
    }

    for (var call : calls) {
      assertThat(call.get(60, TimeUnit.SECONDS))
          .extracting(Answer::status)
          .containsExactly(200, 200);
    }
  }

  /** One that waits, and another on the same connection, which has to be good for it. */
  private static List<Answer> callThatWaits() {
    try (var wire = Wire.to(port)) {
      wire.send(
          Wire.bytes(
              "POST /api/waits HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nX-API-Key: %s\r\nContent-Length: 1\r\n\r\na"
                  .formatted(KEY)));
      wire.send(Wire.bytes("GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
      return wire.answers();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_stranger_is_answered_at_once_and_the_rest_of_the_body_cut_off() throws Exception {
    try (var wire = Wire.to(port)) {
      wire.send(head("POST", "X-API-Key: wrong"));

      assertThat(dribble(wire, "a")).singleElement().extracting(Answer::status).isEqualTo(401);
    }
  }

  @Test
  void a_body_that_nobody_reads_is_cut_off_too() throws Exception {
    try (var wire = Wire.to(port)) {
      wire.send(head("GET", "X-API-Key: " + KEY));

      assertThat(dribble(wire, "a")).singleElement().extracting(Answer::status).isEqualTo(405);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"})
  void who_says_nothing_more_is_cut_off(String said) throws Exception {
    try (var wire = Wire.to(port)) {
      wire.send(Wire.bytes(said));

      assertThat(wire.answers()).hasSize(said.isEmpty() ? 0 : 1);
    }
  }

  private static byte[] head(String method, String key) {
    return Wire.bytes(
        "%s /api/things HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n%s\r\nContent-Length: 60000\r\n\r\n{\"name\":\""
            .formatted(method, key));
  }

  /** Sends on until the server takes no more; what it said meanwhile. */
  private static List<Answer> dribble(Wire wire, String more) throws Exception {
    var heard = CompletableFuture.supplyAsync(() -> answers(wire));
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> !wire.takes(Wire.bytes(more)));
    return heard.get(10, TimeUnit.SECONDS);
  }

  private static List<Answer> answers(Wire wire) {
    try {
      return wire.answers();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
