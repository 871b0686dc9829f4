package dev.muster.web.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.events.access.ApiKeyEvent.KeyReplaced;
import dev.muster.events.access.ApiKeyEvent.KeyRevoked;
import dev.muster.events.access.Scope;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Who is let in with which key, over real HTTP. */
@ExtendWith(OutputCaptureExtension.class)
class KeysTest {

  private static final Instant NOW = KeyedService.NOW;

  private static KeyedService service;

  @BeforeAll
  static void start() {
    service = KeyedService.start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void a_revoked_key_is_as_unknown_as_one_that_never_was() {
    var key = service.issued(Scope.READ);
    var made = PresentedKey.generate();

    service.ring().hear(new KeyRevoked(key.id(), NOW), 2);

    assertThat(withoutIds(service.call("GET", "/api/rooms", key.text()).body()))
        .isEqualTo(withoutIds(service.call("GET", "/api/rooms", made.text()).body()))
        .contains("/problems/unauthenticated");
  }

  @Test
  void a_key_ends_when_it_expires() {
    var key = PresentedKey.generate();
    service.ring().hear(KeyedService.issue(key, NOW.minusSeconds(1), Scope.READ), 1);

    assertThat(service.call("GET", "/api/rooms", key.text()).statusCode()).isEqualTo(401);
  }

  @Test
  void a_replaced_key_opens_as_long_as_the_overlap_lasts() {
    var key = service.issued(Scope.READ);

    service.ring().hear(new KeyReplaced(key.id(), "key_00000000", NOW.plusSeconds(3600), NOW), 2);

    assertThat(service.call("GET", "/api/rooms", key.text()).statusCode()).isEqualTo(200);
  }

  @Test
  void a_known_id_with_another_secret_does_not_open() {
    var key = service.issued(Scope.ADMIN);
    var forged = withId(key.id().substring(4));

    assertThat(new PresentedKey(forged).isWellFormed()).isTrue();
    assertThat(service.call("GET", "/api/rooms", forged).statusCode()).isEqualTo(401);
  }

  @Test
  void events_that_come_again_or_too_early_change_nothing() {
    var key = service.issued(Scope.READ);
    service.ring().hear(new KeyRevoked(key.id(), NOW), 3);
    service.ring().hear(KeyedService.issue(key, null, Scope.ADMIN), 1);

    assertThat(service.call("GET", "/api/rooms", key.text()).statusCode()).isEqualTo(200);
    assertThat(service.call("GET", "/api/safe", key.text()).statusCode()).isEqualTo(403);
  }

  @Test
  void a_key_that_was_issued_a_moment_ago_elsewhere_is_waited_for() {
    var key = PresentedKey.generate();
    var answer =
        CompletableFuture.supplyAsync(
            () -> service.call("GET", "/api/rooms", key.text()).statusCode());

    service.ring().hear(KeyedService.issue(key, null, Scope.READ), 1);

    assertThat(answer).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(200);
  }

  @Test
  void before_every_key_is_known_a_strange_one_is_told_to_come_back() {
    try (var starting = KeyedService.starting()) {
      var answer = starting.call("GET", "/api/rooms", PresentedKey.generate().text());

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(starting.call("GET", "/api/rooms", KeyedService.ADMIN).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void refusals_are_counted_by_their_reason() {
    var key = service.issued(Scope.READ);
    service.ring().hear(new KeyRevoked(key.id(), NOW), 2);
    var before = refusals("revoked key");

    service.call("GET", "/api/rooms", key.text());

    assertThat(refusals("revoked key")).isEqualTo(before + 1);
  }

  @Test
  void a_refusal_is_logged_without_the_secret(CapturedOutput output) {
    try (var fresh = KeyedService.start()) {
      var key = fresh.issued(Scope.READ);
      fresh.ring().hear(new KeyRevoked(key.id(), NOW), 2);

      fresh.call("GET", "/api/rooms", key.text());

      assertThat(output.getAll())
          .contains("authentication_failed reason=\"revoked key\"")
          .doesNotContain(key.text().substring(12));
    }
  }

  @Test
  void the_use_of_a_key_is_told_once_with_its_address() {
    var key = service.issued(Scope.READ);

    service.call("GET", "/api/rooms", key.text());
    service.call("GET", "/api/rooms", key.text());

    await().until(() -> KeyedService.USES.stream().anyMatch(use -> use.keyId().equals(key.id())));
    assertThat(KeyedService.USES.stream().filter(use -> use.keyId().equals(key.id())))
        .singleElement()
        .satisfies(use -> assertThat(use.sourceIp()).isEqualTo("127.0.0.1"));
  }

  /** A well-formed key that claims to be the one of that id. */
  private static String withId(String id) {
    return PresentedKey.generate(id).text();
  }

  private static double refusals(String reason) {
    var counter =
        service
            .bean(MeterRegistry.class)
            .find("muster.authentication.failures")
            .tag("reason", reason)
            .counter();
    return counter == null ? 0 : counter.count();
  }

  private static String withoutIds(String problem) {
    return problem.replaceAll("req_[0-9a-z]+", "");
  }
}
