package dev.muster.web.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.events.access.Scope;
import dev.muster.web.key.KeyedService;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much a key may ask for, over real HTTP. */
class RateLimitTest {

  @Test
  void a_key_over_its_rate_is_told_when_to_come_back_and_another_is_not_held_up() {
    try (var strict =
        KeyedService.start("muster.requests-per-second=1", "muster.requests-burst=3")) {
      var other = strict.issued(Scope.READ);

      var answers =
          IntStream.range(0, 20)
              .mapToObj(_ -> strict.call("GET", "/api/rooms", KeyedService.ADMIN))
              .toList();

      var first = answers.getFirst();
      assertThat(first.statusCode()).isEqualTo(200);
      assertThat(first.headers().firstValue("RateLimit-Policy")).contains("\"key\";q=3;w=3");
      assertThat(first.headers().firstValue("RateLimit")).contains("\"key\";r=2;t=1");
      var refused = answers.stream().filter(answer -> answer.statusCode() == 429).findFirst();
      assertThat(refused).isPresent();
      assertThat(refused.get().body()).contains("/problems/rate-limited");
      assertThat(refused.get().headers().firstValue("Retry-After")).contains("1");
      assertThat(strict.call("GET", "/api/rooms", other.text()).statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({"-1, 10", "10, 0", "10, 10000000", "10000000, 10"})
  void senseless_rates_are_refused(long perSecond, long burst) {
    assertThatThrownBy(
            () ->
                KeyedService.start(
                        "muster.requests-per-second=" + perSecond, "muster.requests-burst=" + burst)
                    .close())
        .rootCause()
        .hasMessageContaining("muster.requests-");
  }
}
