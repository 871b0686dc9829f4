package dev.muster.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import dev.muster.command.RestOfThePlatform.Hosts;
import dev.muster.events.access.ApiKeyEvent.KeyIssued;
import dev.muster.events.access.Scope;
import dev.muster.events.codec.ApiKeyEventCodec;
import dev.muster.events.codec.EventRecords;
import dev.muster.events.codec.Json;
import dev.muster.events.codec.OutcomeRecords;
import dev.muster.events.deadletter.DeadLetter;
import dev.muster.events.envelope.Actor;
import dev.muster.events.envelope.Correlation;
import dev.muster.events.envelope.RecordedEvent;
import dev.muster.events.instance.Ids;
import dev.muster.events.instance.OperationKind;
import dev.muster.events.kafka.TestKafka;
import dev.muster.events.kafka.Topics;
import dev.muster.events.outcome.Outcome.OperationSucceeded;
import dev.muster.ops.alarm.RefusedRecords;
import dev.muster.web.key.PresentedKey;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What somebody writes who reaches the broker and has no secret comes to nothing, and is told. */
class ForgedRecordsTest {

  @RegisterExtension static final CommandSide SIDE = new CommandSide(1);

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MICROS);

  @ParameterizedTest
  @EnumSource
  void one_forged_event_makes_no_hidden_admin_key(Forgery forgery) {
    var forged = PresentedKey.generate();

    forge(forgery, Topics.ACCESS_EVENTS, EventRecords.write(issued(forged)));

    var rightful = newKey();
    assertThat(SIDE.service().as(forged.text(), "DELETE", "/api/keys/none").statusCode())
        .isEqualTo(401);
    assertThat(SIDE.service().as(rightful, "DELETE", "/api/keys/none").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @EnumSource
  void a_forged_outcome_is_not_recorded_and_leaves_no_letter(Forgery forgery) {
    SIDE.rest().hosts(Hosts.SAY_NOTHING);
    var instance = created();

    forge(
        forgery,
        Topics.PROVISIONING_OUTCOMES,
        outcome(instance, SIDE.rest().operationOf(instance)));
    SIDE.rest().reportNewestDone(instance);

    awaitEvents(instance, 2);
    assertThat(new TopicContent(SIDE.broker(), Topics.DEAD_LETTERS).records()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void a_forged_retry_is_not_taken_for_what_a_person_put_back(Forgery forgery) {
    SIDE.rest().hosts(Hosts.SAY_NOTHING);
    var instance = created();
    var letter = letter(instance, SIDE.rest().operationOf(instance));

    forge(
        forgery,
        Topics.DEAD_LETTER_RETRIES,
        new ProducerRecord<>(Topics.DEAD_LETTER_RETRIES, letter.id(), Json.write(letter)));

    assertThat(SIDE.rest().seen()).filteredOn(event -> event.subject().equals(instance)).hasSize(1);
    SIDE.rest().reportNewestDone(instance);
    awaitEvents(instance, 2);
  }

  /** Returns when it was refused, counted, and shown. */
  private static void forge(Forgery forgery, String topic, ProducerRecord<String, byte[]> record) {
    var refused = SIDE.service().bean(RefusedRecords.class);
    var before = refused.count(topic);
    TestKafka.writePlainly(SIDE.broker(), forgery.of(record));
    await().atMost(PATIENCE).until(() -> refused.count(topic) > before);
    var health = SIDE.service().get("/healthz");
    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(JsonPath.<String>read(health.body(), "$.alarms['refused records']"))
        .contains(topic)
        .endsWith(": the platform did not write them; see docs/security.md");
    assertThat(
            SIDE.service()
                .bean(MeterRegistry.class)
                .get("muster.records.refused")
                .tag("topic", topic)
                .functionCounter()
                .count())
        .isPositive();
  }

  private static void awaitEvents(String instance, int count) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(SIDE.rest().seen())
                    .filteredOn(event -> event.subject().equals(instance))
                    .hasSize(count));
  }

  private static String newKey() {
    var made = SIDE.service().post("/api/keys", "{\"name\":\"k\",\"scopes\":[\"admin\"]}");
    return JsonPath.read(made.body(), "$.key");
  }

  private static String created() {
    var made = SIDE.service().post("/api/instances", "{}", "Prefer", "respond-async");
    String id = JsonPath.read(made.body(), "$.id");
    await().atMost(PATIENCE).until(() -> SIDE.rest().knows(id));
    return id;
  }

  private static RecordedEvent issued(PresentedKey key) {
    var event =
        new KeyIssued(
            key.id(),
            "forged",
            List.of(Scope.ADMIN),
            HexFormat.of().formatHex(key.hash()),
            null,
            null,
            NOW);
    return new RecordedEvent(
        Ids.newEvent(),
        key.id(),
        1,
        0,
        NOW,
        new Correlation(new Actor("key_admin", "admin"), "req_1", null, null, null),
        new ApiKeyEventCodec().encode(event));
  }

  private static ProducerRecord<String, byte[]> outcome(String instance, String operation) {
    return OutcomeRecords.write(
        new OperationSucceeded(
            Ids.newOutcome(), instance, operation, OperationKind.CREATE, "local", "worker-1", NOW));
  }

  private static DeadLetter letter(String instance, String operation) {
    var record = outcome(instance, operation);
    var headers = new HashMap<String, String>();
    record
        .headers()
        .forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
    return new DeadLetter(
        DeadLetter.idOf("command-outcomes", record.topic(), 0, 1_000_000),
        "command-outcomes",
        record.topic(),
        0,
        1_000_000,
        instance,
        Map.copyOf(headers),
        Base64.getEncoder().encodeToString(record.value()),
        "forged",
        1,
        NOW);
  }
}
