package dev.muster.command.access;

import dev.muster.command.access.ApiKeyCommand.IssueKey;
import dev.muster.command.access.ApiKeyCommand.RecordKeyUse;
import dev.muster.command.access.ApiKeyCommand.ReplaceKey;
import dev.muster.command.access.ApiKeyCommand.RevokeKey;
import dev.muster.command.access.KeyDecision.Rejected;
import dev.muster.command.access.KeyDecision.Unchanged;
import dev.muster.command.instance.EventOrigin;
import dev.muster.events.access.ApiKeyEvent.KeyIssued;
import dev.muster.events.access.ApiKeyEvent.KeyReplaced;
import dev.muster.events.access.ApiKeyEvent.KeyRevoked;
import dev.muster.events.access.ApiKeyEvent.KeyUsedFrom;
import dev.muster.events.access.Scope;
import dev.muster.events.envelope.Correlation;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.messaging.MetaData;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.hamcrest.CustomTypeSafeMatcher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of an API key. */
class ApiKeyTest {

  private static final String ID = "key_4bCdE9zZ";
  private static final String OTHER = "key_0aB1cD2e";
  private static final String HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f0";
  private static final Instant NOW = Instant.parse("2026-03-14T09:26:53.589793Z");
  private static final Instant LATER = NOW.plusSeconds(3600);
  private static final MetaData ORIGIN = EventOrigin.metaData(Correlation.platform("test"));

  private final AggregateTestFixture<ApiKey> fixture = new AggregateTestFixture<>(ApiKey.class);

  @Test
  void an_issue_begins_the_history() {
    var issue = new IssueKey(ID, "ci", List.of(Scope.READ), HASH, LATER, OTHER, NOW);

    fixture
        .givenNoPriorActivity()
        .when(issue, ORIGIN)
        .expectEvents(new KeyIssued(ID, "ci", List.of(Scope.READ), HASH, LATER, OTHER, NOW));
  }

  @Test
  void a_key_is_revoked_once() {
    var revoke = new RevokeKey(ID, NOW);

    fixture.given(issued(null)).when(revoke, ORIGIN).expectEvents(new KeyRevoked(ID, NOW));
    unchanged(
        new AggregateTestFixture<>(ApiKey.class)
            .given(issued(null), new KeyRevoked(ID, NOW))
            .when(revoke, ORIGIN));
  }

  @Test
  void an_expired_key_can_still_be_revoked() {
    fixture
        .given(issued(NOW.minusSeconds(1)))
        .when(new RevokeKey(ID, NOW), ORIGIN)
        .expectEvents(new KeyRevoked(ID, NOW));
  }

  @Test
  void a_replaced_key_ends_with_the_overlap() {
    fixture
        .given(issued(null))
        .when(new ReplaceKey(ID, OTHER, LATER, NOW), ORIGIN)
        .expectEvents(new KeyReplaced(ID, OTHER, LATER, NOW));
  }

  @Test
  void an_overlap_prolongs_no_key() {
    var end = NOW.plusSeconds(60);

    fixture
        .given(issued(end))
        .when(new ReplaceKey(ID, OTHER, LATER, NOW), ORIGIN)
        .expectEvents(new KeyReplaced(ID, OTHER, end, NOW));
  }

  @Test
  void a_key_is_replaced_by_one_other_alone() {
    var given = List.of(issued(null), new KeyReplaced(ID, OTHER, LATER, NOW));

    unchanged(fixture.given(given).when(new ReplaceKey(ID, OTHER, LATER, NOW), ORIGIN));
    rejected(
        KeyRejection.REPLACED,
        new AggregateTestFixture<>(ApiKey.class)
            .given(given)
            .when(new ReplaceKey(ID, "key_third000", LATER, NOW), ORIGIN));
  }

  @Test
  void a_key_that_has_ended_is_not_replaced() {
    rejected(
        KeyRejection.ENDED,
        fixture
            .given(issued(null), new KeyRevoked(ID, NOW))
            .when(new ReplaceKey(ID, OTHER, LATER, NOW), ORIGIN));
    rejected(
        KeyRejection.ENDED,
        new AggregateTestFixture<>(ApiKey.class)
            .given(issued(NOW))
            .when(new ReplaceKey(ID, OTHER, LATER, NOW), ORIGIN));
  }

  @Test
  void an_address_is_recorded_once() {
    fixture
        .given(issued(null), new KeyUsedFrom(ID, "10.0.0.1", NOW))
        .when(new RecordKeyUse(ID, "10.0.0.2", NOW), ORIGIN)
        .expectEvents(new KeyUsedFrom(ID, "10.0.0.2", NOW));
    unchanged(
        new AggregateTestFixture<>(ApiKey.class)
            .given(issued(null), new KeyUsedFrom(ID, "10.0.0.1", NOW))
            .when(new RecordKeyUse(ID, "10.0.0.1", NOW), ORIGIN));
  }

  @Test
  void of_a_key_that_comes_from_anywhere_a_hundred_addresses_are_recorded() {
    var given =
        Stream.<Object>concat(
                Stream.of(issued(null)),
                IntStream.range(0, 100).mapToObj(i -> new KeyUsedFrom(ID, "10.0.0." + i, NOW)))
            .toList();

    unchanged(fixture.given(given).when(new RecordKeyUse(ID, "10.0.1.1", NOW), ORIGIN));
  }

  private static KeyIssued issued(@Nullable Instant expiresAt) {
    return new KeyIssued(ID, "ci", List.of(Scope.READ), HASH, expiresAt, null, NOW.minusSeconds(9));
  }

  private static void unchanged(ResultValidator<ApiKey> then) {
    decided(new Unchanged(), then);
  }

  private static void rejected(KeyRejection why, ResultValidator<ApiKey> then) {
    decided(new Rejected(why), then);
  }

  private static void decided(KeyDecision decision, ResultValidator<ApiKey> then) {
    then.expectNoEvents();
    then.expectResultMessagePayloadMatching(
        new CustomTypeSafeMatcher<KeyReply>("a reply with " + decision) {
          @Override
          protected boolean matchesSafely(KeyReply reply) {
            return reply.decision().equals(decision);
          }
        });
  }
}
