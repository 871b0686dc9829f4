package dev.muster.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import dev.muster.command.RestOfThePlatform.Hosts;
import dev.muster.command.eventstore.AggregateCache;
import dev.muster.command.eventstore.RecordedEvents;
import dev.muster.events.codec.Json;
import dev.muster.events.codec.OutcomeRecords;
import dev.muster.events.deadletter.DeadLetter;
import dev.muster.events.instance.Ids;
import dev.muster.events.instance.OperationKind;
import dev.muster.events.kafka.Topics;
import dev.muster.events.operator.OperatorEvent.LetterDropRequested;
import dev.muster.events.operator.OperatorEvent.LetterRetryRequested;
import dev.muster.events.outcome.Outcome.OperationSucceeded;
import dev.muster.infrastructure.TestServers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Outcomes that cannot be handled, and what a person does about them. */
class DeadLettersTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String READER = "command-outcomes";

  @RegisterExtension static final CommandSide SIDE = new CommandSide(1);

  private static TopicContent letters;
  private static TopicContent retries;

  @BeforeAll
  static void start() throws Exception {
    letters = new TopicContent(SIDE.broker(), Topics.DEAD_LETTERS);
    retries = new TopicContent(SIDE.broker(), Topics.DEAD_LETTER_RETRIES);
  }

  @BeforeEach
  void hosts_say_nothing() {
    SIDE.rest().hosts(Hosts.SAY_NOTHING);
  }

  @Test
  void an_outcome_that_cannot_be_read_becomes_a_letter_with_everything_that_is_known() {
    var id = Ids.newInstance();

    SIDE.rest().reportNonsense(id);

    var letter = awaitLetterOf(id);
    assertThat(letter.reader()).isEqualTo(READER);
    assertThat(letter.topic()).isEqualTo(Topics.PROVISIONING_OUTCOMES);
    assertThat(letter.id())
        .isEqualTo(DeadLetter.idOf(READER, letter.topic(), letter.partition(), letter.offset()));
    assertThat(letter.value()).isEqualTo(Base64.getEncoder().encodeToString(new byte[] {1, 2}));
    assertThat(letter.reason()).contains("is not a CloudEvent");
    assertThat(letter.tries()).isEqualTo(1);
  }

  @Test
  void what_is_too_large_for_a_letter_becomes_one_without_its_content() {
    var id = Ids.newInstance();

    SIDE.rest().reportNonsense(id, new byte[1_000_000]);

    var letter = awaitLetterOf(id);
    assertThat(letter.value()).isNull();
    assertThat(letter.reason())
        .endsWith(" (its content is too large for a letter; it stands in its topic)");
  }

  @Test
  void a_letter_that_fails_again_is_never_lost_and_counts_its_tries() {
    var id = Ids.newInstance();
    SIDE.rest().reportNonsense(id);
    var letter = awaitLetterOf(id);

    for (int tries = 2; tries <= 12; tries++) {
      assertThat(awaitRetryTaken(letter.id())).isEqualTo(202);
      var expected = tries;
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(letterOf(id).map(DeadLetter::tries)).contains(expected));
    }
  }

  @Test
  void what_can_be_handled_now_is_done_and_its_letter_is_gone() throws Exception {
    var instance = created();
    var letter = letter(instance, READER);
    letters.put(letter.id(), Json.write(letter));
    await().atMost(PATIENCE).until(() -> awaitRetryTaken(letter.id()) == 202);

    await().atMost(PATIENCE).until(() -> events().lastSequence(instance) == 2);

    assertThat(letters.of(letter.id())).isEmpty();
    assertThat(SIDE.service().post(path(letter.id()) + "/retry").statusCode()).isEqualTo(404);
  }

  @Test
  void a_letter_dropped_again_under_its_key_is_answered_the_same() throws Exception {
    var letter = letter(created(), READER);
    letters.put(letter.id(), Json.write(letter));
    var first =
        await().atMost(PATIENCE).until(() -> dropOnce(letter), it -> it.statusCode() == 204);

    var again = dropOnce(letter);

    assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();
    assertThat(again.statusCode()).isEqualTo(204);
    assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
    assertThat(SIDE.service().delete(path(letter.id())).statusCode()).isEqualTo(404);
  }

  @Test
  void a_drop_is_recorded_with_who_asked_for_it() throws Exception {
    var letter = letter(created(), READER);
    letters.put(letter.id(), Json.write(letter));
    await().atMost(PATIENCE).until(() -> dropOnce(letter).statusCode() == 204);

    var recorded = Recorded.ofOperators(SIDE.broker(), LetterDropRequested.class);

    assertThat(recorded)
        .filteredOn(one -> one.event().letterId().equals(letter.id()))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.recorded().correlation().actor().id()).isEqualTo("key_admin");
              assertThat(one.recorded().subject()).isEqualTo(one.event().operationId());
            });
  }

  @Test
  void a_retry_whose_answer_was_lost_is_recorded_once_and_answered() throws Exception {
    var letter = letter(created(), "another-reader");
    letters.put(letter.id(), Json.write(letter));
    await().atMost(PATIENCE).until(() -> retryOnce(letter).statusCode() == 202);
    sql("update remembered_call set answer = null where key = 'retry-%s'".formatted(letter.id()));

    var again = retryOnce(letter);

    assertThat(again.statusCode()).isEqualTo(202);
    assertThat(Recorded.ofOperators(SIDE.broker(), LetterRetryRequested.class))
        .filteredOn(one -> one.event().letterId().equals(letter.id()))
        .hasSize(1);
  }

  private static HttpResponse<String> retryOnce(DeadLetter letter) {
    return SIDE.service()
        .as(
            RunningCommandService.KEY,
            "POST",
            path(letter.id()) + "/retry",
            "Idempotency-Key",
            "retry-" + letter.id());
  }

  private static void sql(String statement) throws Exception {
    var server = TestServers.shared().postgres();
    try (var connection =
            DriverManager.getConnection(SIDE.database(), server.username(), server.password());
        var update = connection.createStatement()) {
      assertThat(update.executeUpdate(statement)).isEqualTo(1);
    }
  }

  private static HttpResponse<String> dropOnce(DeadLetter letter) {
    return SIDE.service()
        .as(
            RunningCommandService.KEY,
            "DELETE",
            path(letter.id()),
            "Idempotency-Key",
            "drop-" + letter.id());
  }

  @Test
  void a_retry_is_answered_202_and_goes_to_the_reader_it_names() throws Exception {
    var instance = created();
    var letter = letter(instance, "another-reader");
    letters.put(letter.id(), Json.write(letter));
    await().atMost(PATIENCE).until(() -> SIDE.service().get("/healthz").statusCode() == 200);

    var answer = awaitRetry(letter.id());

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body())
        .isEqualTo("{\"id\":\"%s\",\"status\":\"retrying\"}".formatted(letter.id()));
    assertThat(Json.read(retries.of(letter.id()).orElseThrow(), DeadLetter.class))
        .isEqualTo(letter);
    assertThat(letters.of(letter.id())).isEmpty();
    assertThat(events().lastSequence(instance)).isEqualTo(1);
  }

  @Test
  void a_dropped_letter_is_gone_and_nothing_comes_of_it() {
    var id = Ids.newInstance();
    SIDE.rest().reportNonsense(id);
    var letter = awaitLetterOf(id);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(SIDE.service().delete(path(letter.id())).statusCode()).isEqualTo(204));

    assertThat(letters.of(letter.id())).isEmpty();
    assertThat(retries.of(letter.id())).isEmpty();
    assertThat(SIDE.service().delete(path(letter.id())).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "command-outcomes.provisioning-outcomes.0.999999", "%00", "a%0Ab"})
  void a_letter_that_never_was_is_404(String id) {
    var retried = SIDE.service().post("/api/dead-letters/" + id + "/retry");
    var dropped = SIDE.service().delete("/api/dead-letters/" + id);

    assertThat(retried.statusCode()).isIn(400, 404);
    assertThat(dropped.statusCode()).isEqualTo(retried.statusCode());
  }

  @Test
  void the_problem_names_the_letter() {
    var answer = SIDE.service().post("/api/dead-letters/x/retry");

    assertThat(JsonPath.<String>read(answer.body(), "$.type")).isEqualTo("/problems/not-found");
    assertThat(JsonPath.<String>read(answer.body(), "$.detail"))
        .isEqualTo("there is no dead letter 'x'");
  }

  @Test
  void a_letter_that_is_no_letter_hides_none_of_the_others() throws Exception {
    letters.put("nonsense", "nonsense".getBytes(StandardCharsets.UTF_8));
    var letter = letter(created(), "another-reader");
    letters.put(letter.id(), Json.write(letter));

    assertThat(awaitRetryTaken(letter.id())).isEqualTo(202);
    assertThat(SIDE.service().post("/api/dead-letters/nonsense/retry").statusCode()).isEqualTo(404);
  }

  @Test
  void retries_that_make_no_sense_hold_nothing_up() throws Exception {
    retries.put("nonsense", new byte[] {1});
    var broken = letter(created(), READER);
    retries.put(
        broken.id(),
        Json.write(
            new DeadLetter(
                broken.id(),
                READER,
                broken.topic(),
                0,
                0,
                broken.key(),
                Map.of(),
                "no base64!",
                "r",
                1,
                broken.at())));
    retries.put("tombstone", null);
    var instance = created();
    var letter = letter(instance, READER);
    retries.put(letter.id(), Json.write(letter));

    await().atMost(PATIENCE).until(() -> events().lastSequence(instance) == 2);
  }

  @Test
  void what_keeps_failing_becomes_a_letter_and_no_other_instance_waits_behind_it()
      throws Exception {
    var broken = created();
    var healthy = created();
    await().atMost(PATIENCE).until(() -> SIDE.rest().seen().size() >= 2);
    damage(broken, "CreationRequested", "NobodyKnows");

    SIDE.rest().report(done(broken));
    SIDE.rest().report(done(healthy));

    await().atMost(PATIENCE).until(() -> events().lastSequence(healthy) == 2);
    assertThat(letterOf(broken)).isEmpty();
    var letter = awaitLetterOf(broken);
    assertThat(letter.tries()).isEqualTo(5);
    assertThat(letter.reason()).contains("NobodyKnows");

    damage(broken, "NobodyKnows", "CreationRequested");
    assertThat(awaitRetryTaken(letter.id())).isEqualTo(202);

    await().atMost(PATIENCE).until(() -> events().lastSequence(broken) == 2);
  }

  private static void damage(String instance, String from, String to) throws Exception {
    var server = TestServers.shared().postgres();
    try (var connection =
            DriverManager.getConnection(SIDE.database(), server.username(), server.password());
        var update =
            connection.prepareStatement(
                "update event set type = ? where instance_id = ? and type = ?")) {
      update.setString(1, to);
      update.setString(2, instance);
      update.setString(3, from);
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
    SIDE.service().bean(AggregateCache.class).remove(instance);
  }

  /** Of an outcome that says that the creation is done. */
  private static DeadLetter letter(String instance, String reader) {
    var record = OutcomeRecords.write(done(instance));
    var headers = new HashMap<String, String>();
    record
        .headers()
        .forEach(it -> headers.put(it.key(), new String(it.value(), StandardCharsets.UTF_8)));
    var offset = Math.abs(instance.hashCode());
    return new DeadLetter(
        DeadLetter.idOf(reader, record.topic(), 0, offset),
        reader,
        record.topic(),
        0,
        offset,
        instance,
        headers,
        Base64.getEncoder().encodeToString(record.value()),
        "as the test wants it",
        3,
        Instant.parse("2026-03-01T10:00:00Z"));
  }

  private static OperationSucceeded done(String instance) {
    return new OperationSucceeded(
        Ids.newOutcome(),
        instance,
        SIDE.rest().operationOf(instance),
        OperationKind.CREATE,
        "local",
        "worker-1",
        Instant.now());
  }

  private static String created() {
    String id = JsonPath.read(SIDE.service().post("/api/instances", "{}").body(), "$.id");
    await().atMost(PATIENCE).until(() -> SIDE.rest().knows(id));
    return id;
  }

  private static int awaitRetryTaken(String id) {
    return awaitRetry(id).statusCode();
  }

  // The service hears of a letter a moment after it was written.
  private static HttpResponse<String> awaitRetry(String id) {
    return await()
        .atMost(PATIENCE)
        .until(
            () -> SIDE.service().post(path(id) + "/retry"), answer -> answer.statusCode() != 404);
  }

  private static Optional<DeadLetter> letterOf(String instance) {
    return letters.newest().values().stream()
        .filter(value -> value.length > 10)
        .map(value -> Json.read(value, DeadLetter.class))
        .filter(letter -> instance.equals(letter.key()))
        .findFirst();
  }

  private static DeadLetter awaitLetterOf(String instance) {
    await().atMost(PATIENCE).until(() -> letterOf(instance).isPresent());
    return letterOf(instance).orElseThrow();
  }

  private static String path(String id) {
    return "/api/dead-letters/" + id;
  }

  private static RecordedEvents events() {
    return SIDE.service().bean(RecordedEvents.class);
  }
}
