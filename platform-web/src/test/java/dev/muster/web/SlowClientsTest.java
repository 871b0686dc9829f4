package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.web.key.ApiKey;
import dev.muster.web.wire.Answer;
import dev.muster.web.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Clients who send a byte now and then, more often than the server's own timeout, which begins anew
 * with each.
 */
class SlowClientsTest {

  private static final String KEY = ApiKey.generate().text();

  private static ConfigurableApplicationContext service;
  private static int port;

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
