package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.events.envelope.Correlation;
import dev.muster.ops.ready.ReadinessCheck;
import dev.muster.web.key.PresentedKey;
import dev.muster.web.waiting.VersionWaiter;
import dev.muster.web.waiting.VersionWaiters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** A small service of one controller, asked over real HTTP. */
class PlatformWebTest {

  private static final String KEY = PresentedKey.generate().text();
  private static final AtomicBoolean READY = new AtomicBoolean(true);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static ConfigurableApplicationContext service;
  private static URI base;

  record Thing(@Nullable String name, @Nullable Integer count, @Nullable List<String> words) {}

  record Echo(String actor, String requestId, String sourceIp, @Nullable String traceparent) {}

  @RestController
  static class Things {

    @PostMapping("/api/things")
    Thing make(@RequestBody Thing thing) {
      return thing;
    }

    @GetMapping("/api/me")
    Echo me(Correlation correlation) {
      return new Echo(
          correlation.actor().name(),
          correlation.requestId(),
          String.valueOf(correlation.sourceIp()),
          correlation.traceparent());
    }

    @GetMapping("/api/turn")
    String turn() {
      try (var interest = service.getBean(VersionWaiters.class).watch("turn")) {
        return interest.id();
      }
    }

    @GetMapping("/api/bug")
    Thing bug() {
      throw new IllegalStateException("secret detail");
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import({PlatformWebConfiguration.class, Things.class})
  static class Service {

    @Bean
    ReadinessCheck part() {
      return new ReadinessCheck() {
        @Override
        public String part() {
          return "test part";
        }

        @Override
        public Optional<String> missing() {
          return READY.get() ? Optional.empty() : Optional.of("asleep");
        }
      };
    }
  }

  @BeforeAll
  static void start() {
    service = SpringApplication.run(Service.class, "--server.port=0", "--muster.api-key=" + KEY);
    base =
        URI.create("http://localhost:" + service.getEnvironment().getProperty("local.server.port"));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void a_request_without_a_key_is_refused() throws Exception {
    var answer = send(request("/api/me").build());

    assertProblem(answer, 401, "unauthenticated");
    assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
  }

  @Test
  void a_route_that_does_not_exist_says_nothing_to_strangers() throws Exception {
    assertProblem(send(request("/api/nowhere").build()), 401, "unauthenticated");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ik_00000000_wrong", "", "ünïcode", "your-key"})
  void a_wrong_key_is_refused(String key) throws Exception {
    assertProblem(
        send(request("/api/me").header("X-API-Key", key).build()), 401, "unauthenticated");
  }

  @Test
  void when_all_places_to_wait_are_taken_one_more_is_told_to_come_back() throws Exception {
    var room = service.getBean(VersionWaiters.class);
    var taken = new ArrayList<VersionWaiter>();
    try {
      while (room.waiting() < 10_000) {
        taken.add(room.watch("a"));
      }

      var answer = send(authorized("/api/turn").build());

      assertProblem(answer, 503, "unavailable");
      assertThat(answer.headers().firstValue("Retry-After")).hasValue("2");
    } finally {
      taken.forEach(VersionWaiter::close);
    }
    assertThat(send(authorized("/api/turn").build()).statusCode()).isEqualTo(200);
  }

  @Test
  void those_who_are_refused_are_counted() throws Exception {
    var without = refused("no key");
    var unknown = refused("unknown key");

    send(request("/api/me").build());
    send(request("/api/me").header("X-API-Key", "your-key").build());

    assertThat(refused("no key")).isEqualTo(without + 1);
    assertThat(refused("unknown key")).isEqualTo(unknown + 1);
  }

  @Test
  void calls_are_timed_by_route_and_status() throws Exception {
    var before = timed("/api/me", "200");

    send(authorized("/api/me").build());

    assertThat(timed("/api/me", "200")).isEqualTo(before + 1);
    send(request("/api/guessed").build());
    assertThat(timed("/api/guessed", "401")).isZero();
    assertThat(timed("UNKNOWN", "401")).isPositive();
  }

  private static long timed(String route, String status) {
    return service
        .getBean(MeterRegistry.class)
        .find("http.server.requests")
        .tags("method", "GET", "uri", route, "status", status)
        .timers()
        .stream()
        .mapToLong(Timer::count)
        .sum();
  }

  private static double refused(String reason) {
    return service
        .getBean(MeterRegistry.class)
        .counter("muster.authentication.failures", "reason", reason)
        .count();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/healthz", "/api/me", "/api/nowhere", "/api/bug"})
  void no_answer_may_be_kept_guessed_at_or_framed(String path) throws Exception {
    for (var request : List.of(request(path).build(), authorized(path).build())) {
      var headers = send(request).headers();

      assertThat(headers.firstValue("Cache-Control")).hasValue("no-store");
      assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(headers.firstValue("X-Frame-Options")).hasValue("DENY");
      assertThat(headers.firstValue("Referrer-Policy")).hasValue("no-referrer");
      assertThat(headers.firstValue("Content-Security-Policy"))
          .hasValue("default-src 'none'; frame-ancestors 'none'");
      assertThat(headers.firstValue("Server")).isEmpty();
    }
  }

  @Test
  void a_key_opens_the_api_in_either_header() throws Exception {
    assertThat(send(authorized("/api/me").build()).statusCode()).isEqualTo(200);
    assertThat(
            send(request("/api/me").header("Authorization", "Bearer " + KEY).build()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void a_controller_learns_who_asks() throws Exception {
    var trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    var answer =
        send(
            authorized("/api/me")
                .header("X-Request-Id", "mine")
                .header("traceparent", trace)
                .build());

    assertThat(answer.body())
        .isEqualTo(
            "{\"actor\":\"admin\",\"request_id\":\"mine\",\"source_ip\":\"127.0.0.1\",\"traceparent\":\"%s\"}"
                .formatted(trace));
    assertThat(answer.headers().firstValue("X-Request-Id")).hasValue("mine");
  }

  @Test
  void where_a_request_came_from_is_believed_of_nobody_who_is_not_trusted() throws Exception {
    var answer =
        send(
            authorized("/api/me")
                .header("X-Forwarded-For", "203.0.113.7")
                .header("Forwarded", "for=203.0.113.7")
                .build());

    assertThat(answer.body()).contains("\"source_ip\":\"127.0.0.1\"");
  }

  @Test
  void a_request_names_one_key() throws Exception {
    var two = authorized("/api/me").header("X-API-Key", PresentedKey.generate().text()).build();
    var other = authorized("/api/me").header("Authorization", "Bearer ik_other").build();
    var same = authorized("/api/me").header("Authorization", "Bearer " + KEY).build();

    assertProblem(send(two), 400, "invalid-request");
    assertProblem(send(other), 400, "invalid-request");
    assertThat(send(same).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"utf-16", "iso-8859-1", "nonsense"})
  void a_body_in_another_charset_is_refused(String charset) throws Exception {
    var answer =
        send(
            authorized("/api/things")
                .header("Content-Type", "application/json;charset=" + charset)
                .POST(BodyPublishers.ofString("{}"))
                .build());

    assertProblem(answer, 415, "unsupported-media-type");
  }

  @Test
  void trace_is_refused_after_the_key_and_repeats_nothing() throws Exception {
    var stranger = send(request("/api/me").method("TRACE", BodyPublishers.noBody()).build());
    var known = send(authorized("/api/me").method("TRACE", BodyPublishers.noBody()).build());

    assertProblem(stranger, 401, "unauthenticated");
    assertProblem(known, 405, "method-not-allowed");
    assertThat(known.body()).doesNotContain(KEY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"has space", "\"quoted\"", "tab\there"})
  void an_insane_request_id_is_replaced(String id) throws Exception {
    var answer = send(authorized("/api/me").header("X-Request-Id", id).build());

    assertThat(answer.headers().firstValue("X-Request-Id").orElseThrow()).startsWith("req_");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "{\"colour\": 1}              | /colour  | there is no field 'colour' here",
        "{\"name\": 5}                | /name    | a value of another type is needed here: text",
        "{\"count\": \"5\"}           | /count   | a value of another type is needed here: a whole"
            + " number",
        "{\"count\": 1.5}             | /count   | a value of another type is needed here: a whole"
            + " number",
        "{\"words\": \"one\"}         | /words   | a value of another type is needed here: an"
            + " array",
        "{\"words\": [\"one\", 2]}    | /words/1 | a value of another type is needed here: text",
        "[]                           | ''       | a value of another type is needed here: an"
            + " object",
        "7                            | ''       | a value of another type is needed here: an"
            + " object",
      })
  void a_body_that_does_not_fit_is_told_where(String body, String pointer, String detail)
      throws Exception {
    var answer = send(post(body).build());

    assertProblem(answer, 400, "invalid-request");
    assertThat(answer.body())
        .contains("{\"pointer\":\"%s\",\"detail\":\"%s\"}".formatted(pointer, detail));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{", "nonsense", "{} {}", "{\"name\":\"a\",\"name\":\"b\"}", "{'name': 1}", ""})
  void what_is_not_json_is_refused(String body) throws Exception {
    assertProblem(send(post(body).build()), 400, "invalid-request");
  }

  @Test
  void a_large_body_is_refused_with_or_without_its_length() throws Exception {
    var large = "{\"name\":\"%s\"}".formatted("x".repeat(70_000)).getBytes(StandardCharsets.UTF_8);
    var chunked =
        authorized("/api/things")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))
            .build();

    assertProblem(send(post(new String(large, StandardCharsets.UTF_8)).build()), 413, "too-large");
    assertProblem(send(chunked), 413, "too-large");
  }

  @Test
  void http_errors_are_problems() throws Exception {
    assertProblem(send(authorized("/api/nowhere").build()), 404, "not-found");
    assertProblem(send(authorized("/api/things").DELETE().build()), 405, "method-not-allowed");
    assertProblem(
        send(authorized("/api/me").header("Accept", "image/png").build()), 406, "not-acceptable");
    assertProblem(
        send(
            authorized("/api/things")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("x"))
                .build()),
        415,
        "unsupported-media-type");
  }

  @Test
  void a_refused_method_says_which_ones_are_allowed() throws Exception {
    var answer = send(authorized("/api/things").DELETE().build());

    assertThat(answer.headers().firstValue("Allow")).hasValue("POST");
  }

  @Test
  void a_bug_says_nothing_about_itself() throws Exception {
    var answer = send(authorized("/api/bug").build());

    assertProblem(answer, 500, "internal");
    assertThat(answer.body()).doesNotContain("secret detail");
  }

  @Test
  void healthz_needs_no_key_and_says_what_is_missing() throws Exception {
    assertThat(send(request("/healthz").build()).statusCode()).isEqualTo(200);
    READY.set(false);
    try {
      var answer = send(request("/healthz").build());
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("\"test part\":\"asleep\"");
    } finally {
      READY.set(true);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/[ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET /api/%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET /api/me HTTP/1.1\r\nConnection: close\r\n\r\n"
      })
  void what_is_not_even_a_request_gets_a_problem_too(String request) throws Exception {
    try (var socket = new Socket("localhost", base.getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(answer)
          .startsWith("HTTP/1.1 400")
          .contains("Content-Type: application/problem+json")
          .contains("\"type\":\"/problems/invalid-request\"")
          .containsPattern("X-Request-Id: (req_[0-9a-z]{26})\\r\\n(?s:.*)\"request_id\":\"\\1\"")
          .doesNotContain("Tomcat");
    }
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String type) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body())
        .contains("\"type\":\"/problems/%s\"".formatted(type))
        .contains("\"status\":%d".formatted(status))
        .contains(
            "\"request_id\":\"%s\""
                .formatted(answer.headers().firstValue("X-Request-Id").orElseThrow()));
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path));
  }

  private static HttpRequest.Builder authorized(String path) {
    return request(path).header("X-API-Key", KEY);
  }

  private static HttpRequest.Builder post(String body) {
    return authorized("/api/things")
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  private static HttpResponse<String> send(HttpRequest request)
      throws IOException, InterruptedException {
    return HTTP.send(request, BodyHandlers.ofString());
  }
}
