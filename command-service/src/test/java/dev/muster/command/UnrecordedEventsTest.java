package dev.muster.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import dev.muster.command.eventstore.RecordedEvents;
import dev.muster.events.access.ApiKeyEvent;
import dev.muster.events.access.ApiKeyEvent.KeyIssued;
import dev.muster.events.access.ApiKeyEvent.KeyRevoked;
import dev.muster.events.access.Scope;
import dev.muster.events.codec.ApiKeyEventCodec;
import dev.muster.events.codec.EventRecords;
import dev.muster.events.envelope.Actor;
import dev.muster.events.envelope.Correlation;
import dev.muster.events.envelope.RecordedEvent;
import dev.muster.events.instance.Ids;
import dev.muster.events.kafka.RecordMac;
import dev.muster.events.kafka.TestKafka;
import dev.muster.events.kafka.Topics;
import dev.muster.web.key.PresentedKey;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What somebody writes who has the secret of records, but not the event store, is told. */
class UnrecordedEventsTest {

  @RegisterExtension static final CommandSide SIDE = new CommandSide(1);

  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MICROS);

  @Test
  void a_key_that_no_event_store_has_is_told_and_opens_nothing() {
    var hidden = PresentedKey.generate();

    write(issued(hidden), hidden.id(), Ids.newEvent(), 1);

    assertThat(alarm()).contains("KeyIssued of " + hidden.id()).contains("not in the event store");
    assertThat(statusFor(hidden.text())).isEqualTo(401);
  }

  @Test
  void another_event_under_the_id_of_a_stored_one_is_told_too() {
    var hidden = PresentedKey.generate();
    String rightful = JsonPath.read(made().body(), "$.id");

    write(issued(hidden), hidden.id(), recorded(rightful).eventId(), 1);

    assertThat(alarm()).contains("KeyIssued of " + hidden.id());
    assertThat(statusFor(hidden.text())).isEqualTo(401);
  }

  @Test
  void of_two_events_under_one_id_the_stored_one_alone_is_recorded() {
    var hidden = PresentedKey.generate();
    var rightful = recorded(JsonPath.read(made().body(), "$.id"));
    var forged = event(issued(hidden), hidden.id(), rightful.eventId(), 1);
    var events = SIDE.service().bean(RecordedEvents.class);

    assertThat(events.stored(List.of(rightful, forged))).containsExactly(rightful);
    assertThat(events.stored(List.of(forged, rightful))).containsExactly(rightful);
  }

  @Test
  void a_revocation_that_no_event_store_has_ends_nobodys_key() {
    var made = made();
    String id = JsonPath.read(made.body(), "$.id");

    write(new KeyRevoked(id, NOW), id, Ids.newEvent(), 2);

    assertThat(alarm()).contains("KeyRevoked of " + id);
    assertThat(statusFor(JsonPath.read(made.body(), "$.key"))).isEqualTo(404);
  }

  /** Returns when it was counted. */
  private static void write(ApiKeyEvent event, String key, String eventId, long sequence) {
    var before = count();
    var record = EventRecords.write(event(event, key, eventId, sequence));
    TestKafka.writePlainly(SIDE.broker(), RecordMac.of(TestKafka.SECRET).sign(record));
    await().atMost(Duration.ofSeconds(30)).until(() -> count() > before);
  }

  private static RecordedEvent event(ApiKeyEvent event, String key, String eventId, long sequence) {
    return new RecordedEvent(
        eventId,
        key,
        sequence,
        0,
        NOW,
        new Correlation(new Actor("key_admin", "admin"), "req_1", null, null, null),
        new ApiKeyEventCodec().encode(event));
  }

  private static HttpResponse<String> made() {
    return SIDE.service().post("/api/keys", "{\"name\":\"k\",\"scopes\":[\"admin\"]}");
  }

  private static RecordedEvent recorded(String key) {
    return new TopicContent(SIDE.broker(), Topics.ACCESS_EVENTS)
        .records().stream()
            .map(EventRecords::read)
            .filter(event -> event.subject().equals(key))
            .findFirst()
            .orElseThrow();
  }

  private static ApiKeyEvent issued(PresentedKey key) {
    var hash = HexFormat.of().formatHex(key.hash());
    return new KeyIssued(key.id(), "hidden", List.of(Scope.ADMIN), hash, null, null, NOW);
  }

  private static double count() {
    return SIDE.service()
        .bean(MeterRegistry.class)
        .get("muster.events.unrecorded")
        .functionCounter()
        .count();
  }

  private static String alarm() {
    var health = SIDE.service().get("/healthz");
    assertThat(health.statusCode()).isEqualTo(200);
    return JsonPath.read(health.body(), "$.alarms['unrecorded events']");
  }

  private static int statusFor(String key) {
    return SIDE.service().as(key, "DELETE", "/api/keys/none").statusCode();
  }
}
