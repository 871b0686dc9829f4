package dev.muster.events.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.events.Samples;
import dev.muster.events.access.ApiKeyEvent.KeyIssued;
import dev.muster.events.access.ApiKeyEvent.KeyReplaced;
import dev.muster.events.access.ApiKeyEvent.KeyRevoked;
import dev.muster.events.access.ApiKeyEvent.KeyUsedFrom;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiKeyStateTest {

  private static final Instant AT = Samples.AT;

  @Test
  void a_key_without_an_end_is_good_for_ever() {
    var key = folded(issued(null));

    assertThat(key.isGoodAt(AT.plusSeconds(1_000_000_000))).isTrue();
  }

  @Test
  void a_key_ends_at_the_instant_it_expires() {
    var key = folded(issued(AT.plusSeconds(60)));

    assertThat(key.isGoodAt(AT.plusSeconds(60).minusNanos(1))).isTrue();
    assertThat(key.isGoodAt(AT.plusSeconds(60))).isFalse();
  }

  @Test
  void a_replaced_key_is_good_until_the_overlap_ends() {
    var key =
        folded(
            issued(null), new KeyReplaced(Samples.KEY, Samples.OTHER_KEY, AT.plusSeconds(5), AT));

    assertThat(key.successor()).isEqualTo(Samples.OTHER_KEY);
    assertThat(key.isGoodAt(AT.plusSeconds(4))).isTrue();
    assertThat(key.isGoodAt(AT.plusSeconds(5))).isFalse();
  }

  @Test
  void a_revoked_key_is_never_good_again() {
    var key = folded(issued(null), new KeyRevoked(Samples.KEY, AT));

    assertThat(key.isGoodAt(AT.minusSeconds(1))).isFalse();
  }

  @Test
  void addresses_are_kept_in_the_order_they_were_seen() {
    var key =
        folded(
            issued(null),
            new KeyUsedFrom(Samples.KEY, "10.0.0.2", AT),
            new KeyUsedFrom(Samples.KEY, "10.0.0.1", AT));

    assertThat(key.usedFrom()).containsExactly("10.0.0.2", "10.0.0.1");
    assertThat(key.version()).isEqualTo(3);
  }

  @Test
  void a_history_begins_with_the_issue_and_has_no_second() {
    assertThatThrownBy(() -> folded(new KeyRevoked(Samples.KEY, AT)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> folded(issued(null), issued(null)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "READ, READ",
    "READ, OPERATE",
    "READ, ADMIN",
    "OPERATE, OPERATE",
    "OPERATE, ADMIN",
    "AUDIT, AUDIT",
    "AUDIT, ADMIN",
    "ADMIN, ADMIN"
  })
  void what_a_scope_is_allowed_by(Scope needed, Scope held) {
    assertThat(needed.isAllowedBy(EnumSet.of(held))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "READ, AUDIT",
    "OPERATE, READ",
    "OPERATE, AUDIT",
    "AUDIT, READ",
    "AUDIT, OPERATE",
    "ADMIN, READ",
    "ADMIN, OPERATE",
    "ADMIN, AUDIT"
  })
  void what_a_scope_is_not_allowed_by(Scope needed, Scope held) {
    assertThat(needed.isAllowedBy(EnumSet.of(held))).isFalse();
  }

  private static KeyIssued issued(@Nullable Instant expiresAt) {
    return new KeyIssued(Samples.KEY, "ci", List.of(Scope.READ), Samples.HASH, expiresAt, null, AT);
  }

  private static ApiKeyState folded(ApiKeyEvent... events) {
    @Nullable ApiKeyState state = null;
    for (var event : events) {
      state = ApiKeyState.fold(state, event);
    }
    return java.util.Objects.requireNonNull(state);
  }
}
