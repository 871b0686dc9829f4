package dev.muster.web.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.events.access.ApiKeyEvent.KeyIssued;
import dev.muster.events.access.ApiKeyEvent.KeyReplaced;
import dev.muster.events.access.ApiKeyEvent.KeyRevoked;
import dev.muster.events.access.KeyUse;
import dev.muster.events.access.Scope;
import dev.muster.web.PlatformWebConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who is let in with which key, and what for, over real HTTP. */
@ExtendWith(OutputCaptureExtension.class)
class KeysTest {

  private static final String ADMIN = ApiKey.generate().text();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Queue<KeyUse> USES = new ConcurrentLinkedQueue<>();
  private static final Instant NOW = Instant.now();

  private static ConfigurableApplicationContext service;

  @RestController
  static class Rooms {

    @GetMapping("/api/rooms")
    String see() {
      return "seen";
    }

    @PostMapping("/api/rooms")
    String change() {
      return "changed";
    }

    @GetMapping("/api/past")
    @RequiresScope({Scope.READ, Scope.AUDIT})
    String past() {
      return "past";
    }

    @GetMapping("/api/safe")
    @RequiresScope(Scope.ADMIN)
    String safe() {
      return "safe";
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import({PlatformWebConfiguration.class, Rooms.class})
  static class Service {

    @Bean
    KeyUseSink sink() {
      return USES::add;
    }
  }

  @BeforeAll
  static void start() {
    service = SpringApplication.run(Service.class, "--server.port=0", "--muster.api-key=" + ADMIN);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @BeforeEach
  void everyKeyIsKnown() {
    ring().complete();
  }

  @ParameterizedTest
  @CsvSource({
    "READ, GET, rooms, 200",
    "READ, POST, rooms, 403",
    "READ, GET, past, 200",
    "READ, GET, safe, 403",
    "OPERATE, GET, rooms, 200",
    "OPERATE, POST, rooms, 200",
    "OPERATE, GET, past, 200",
    "OPERATE, GET, safe, 403",
    "AUDIT, GET, rooms, 403",
    "AUDIT, POST, rooms, 403",
    "AUDIT, GET, past, 200",
    "AUDIT, GET, safe, 403",
    "ADMIN, GET, rooms, 200",
    "ADMIN, POST, rooms, 200",
    "ADMIN, GET, past, 200",
    "ADMIN, GET, safe, 200",
  })
  void a_key_is_good_for_what_its_scope_says(Scope scope, String method, String path, int status) {
    var key = issued(scope);

    assertThat(call(method, "/api/" + path, key.text()).statusCode()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "//api/safe",
    "/api//safe",
    "/api/safe/",
    "/api/./safe",
    "/api/x/../safe",
    "/api/%73afe",
    "/api/safe;x=1",
    "/API/safe",
    "/api/safe%2f",
    "/api/safe.json"
  })
  void no_spelling_of_a_path_gets_around_the_scope(String path) {
    var key = issued(Scope.READ);

    assertThat(call("GET", path, key.text()).body()).isNotEqualTo("safe");
  }

  @Test
  void a_refusal_names_the_scope_that_is_needed() {
    var answer = call("POST", "/api/rooms", issued(Scope.READ).text());

    assertThat(answer.body())
        .contains("/problems/forbidden", "this takes a key with the scope operate");
  }

  @Test
  void a_revoked_key_is_as_unknown_as_one_that_never_was() {
    var key = issued(Scope.READ);
    var made = ApiKey.generate();

    ring().hear(new KeyRevoked(key.id(), NOW), 2);

    assertThat(withoutIds(call("GET", "/api/rooms", key.text()).body()))
        .isEqualTo(withoutIds(call("GET", "/api/rooms", made.text()).body()))
        .contains("/problems/unauthenticated");
  }

  @Test
  void a_key_ends_when_it_expires() {
    var key = ApiKey.generate();
    ring().hear(issue(key, NOW.minusSeconds(1), Scope.READ), 1);

    assertThat(call("GET", "/api/rooms", key.text()).statusCode()).isEqualTo(401);
  }

  @Test
  void a_replaced_key_opens_as_long_as_the_overlap_lasts() {
    var key = issued(Scope.READ);

    ring().hear(new KeyReplaced(key.id(), "key_00000000", NOW.plusSeconds(3600), NOW), 2);

    assertThat(call("GET", "/api/rooms", key.text()).statusCode()).isEqualTo(200);
  }

  @Test
  void a_known_id_with_another_secret_does_not_open() {
    var key = issued(Scope.ADMIN);
    var forged = withId(key.id().substring(4));

    assertThat(new ApiKey(forged).isWellFormed()).isTrue();
    assertThat(call("GET", "/api/rooms", forged).statusCode()).isEqualTo(401);
  }

  @Test
  void events_that_come_again_or_too_early_change_nothing() {
    var key = issued(Scope.READ);
    ring().hear(new KeyRevoked(key.id(), NOW), 3);
    ring().hear(issue(key, null, Scope.ADMIN), 1);

    assertThat(call("GET", "/api/rooms", key.text()).statusCode()).isEqualTo(200);
    assertThat(call("GET", "/api/safe", key.text()).statusCode()).isEqualTo(403);
  }

  @Test
  void a_key_that_was_issued_a_moment_ago_elsewhere_is_waited_for() {
    var key = ApiKey.generate();
    var answer =
        CompletableFuture.supplyAsync(() -> call("GET", "/api/rooms", key.text()).statusCode());

    ring().hear(issue(key, null, Scope.READ), 1);

    assertThat(answer).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(200);
  }

  @Test
  void before_every_key_is_known_a_strange_one_is_told_to_come_back() {
    try (var starting =
        SpringApplication.run(Service.class, "--server.port=0", "--muster.api-key=" + ADMIN)) {
      var answer = call(starting, "GET", "/api/rooms", ApiKey.generate().text());

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(call(starting, "GET", "/api/rooms", ADMIN).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void refusals_are_counted_by_their_reason_and_logged_without_the_secret(CapturedOutput output) {
    var key = issued(Scope.READ);
    ring().hear(new KeyRevoked(key.id(), NOW), 2);
    var before = refusals("revoked key");

    call("GET", "/api/rooms", key.text());

    assertThat(refusals("revoked key")).isEqualTo(before + 1);
    assertThat(output.getAll())
        .contains("authentication_failed reason=\"revoked key\"")
        .doesNotContain(key.text().substring(12));
  }

  @Test
  void the_use_of_a_key_is_told_once_with_its_address() {
    var key = issued(Scope.READ);

    call("GET", "/api/rooms", key.text());
    call("GET", "/api/rooms", key.text());

    await().until(() -> USES.stream().anyMatch(use -> use.keyId().equals(key.id())));
    assertThat(USES.stream().filter(use -> use.keyId().equals(key.id())))
        .singleElement()
        .satisfies(use -> assertThat(use.sourceIp()).isEqualTo("127.0.0.1"));
  }

  @Test
  void a_key_over_its_rate_is_told_when_to_come_back_and_another_is_not_held_up() {
    try (var strict =
        SpringApplication.run(
            Service.class,
            "--server.port=0",
            "--muster.api-key=" + ADMIN,
            "--muster.requests-per-second=1",
            "--muster.requests-burst=3")) {
      var ring = strict.getBean(KeyRing.class);
      var other = ApiKey.generate();
      ring.hear(issue(other, null, Scope.READ), 1);

      var answers =
          IntStream.range(0, 20).mapToObj(_ -> call(strict, "GET", "/api/rooms", ADMIN)).toList();

      var first = answers.getFirst();
      assertThat(first.statusCode()).isEqualTo(200);
      assertThat(first.headers().firstValue("RateLimit-Policy")).contains("\"key\";q=3;w=3");
      assertThat(first.headers().firstValue("RateLimit")).contains("\"key\";r=2;t=1");
      var refused = answers.stream().filter(answer -> answer.statusCode() == 429).findFirst();
      assertThat(refused).isPresent();
      assertThat(refused.get().body()).contains("/problems/rate-limited");
      assertThat(refused.get().headers().firstValue("Retry-After")).contains("1");
      assertThat(call(strict, "GET", "/api/rooms", other.text()).statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({"-1, 10", "10, 0", "10, 10000000", "10000000, 10"})
  void senseless_rates_are_refused(long perSecond, long burst) {
    assertThatThrownBy(
            () ->
                SpringApplication.run(
                        Service.class,
                        "--server.port=0",
                        "--muster.api-key=" + ADMIN,
                        "--muster.requests-per-second=" + perSecond,
                        "--muster.requests-burst=" + burst)
                    .close())
        .rootCause()
        .hasMessageContaining("muster.requests-");
  }

  private static KeyRing ring() {
    return service.getBean(KeyRing.class);
  }

  private static ApiKey issued(Scope... scopes) {
    var key = ApiKey.generate();
    ring().hear(issue(key, null, scopes), 1);
    return key;
  }

  private static KeyIssued issue(ApiKey key, @Nullable Instant expiresAt, Scope... scopes) {
    return new KeyIssued(
        key.id(),
        "a key",
        List.copyOf(Arrays.asList(scopes)),
        HexFormat.of().formatHex(key.hash()),
        expiresAt,
        null,
        NOW);
  }

  /** A well-formed key that claims to be the one of that id. */
  private static String withId(String id) {
    return ApiKey.generate(id).text();
  }

  private static double refusals(String reason) {
    var counter =
        service
            .getBean(MeterRegistry.class)
            .find("muster.authentication.failures")
            .tag("reason", reason)
            .counter();
    return counter == null ? 0 : counter.count();
  }

  private static String withoutIds(String problem) {
    return problem.replaceAll("req_[0-9a-z]+", "");
  }

  private static HttpResponse<String> call(String method, String path, String key) {
    return call(service, method, path, key);
  }

  private static HttpResponse<String> call(
      ConfigurableApplicationContext service, String method, String path, String key) {
    var port = service.getEnvironment().getProperty("local.server.port");
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("X-API-Key", key)
            .method(method, BodyPublishers.noBody())
            .build();
    try {
      return HTTP.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
