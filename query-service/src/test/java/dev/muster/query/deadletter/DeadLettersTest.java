package dev.muster.query.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.events.codec.Json;
import dev.muster.events.deadletter.DeadLetter;
import dev.muster.events.kafka.Topics;
import dev.muster.query.QuerySide;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dead letters of any reader, from their topic to HTTP. */
class DeadLettersTest {

  @RegisterExtension static final QuerySide SIDE = new QuerySide("dead_letters", 1);

  private static final Instant AT = Instant.parse("2026-03-14T10:00:00.000001Z");
  private static final Pattern NEXT = Pattern.compile("<(.+)>; rel=\"next\"");

  @Test
  void a_letter_is_shown_with_everything_it_says() {
    var id = told(letter("bm8gSlNPTg==", 3)).id();

    assertThat(SIDE.service().json("/api/dead-letters?limit=1").get(0).toString())
        .isEqualTo(
            ("{'id':'%s','reader':'inbox-eu-west-1','topic':'instance-events','partition':3,"
                    + "'offset':17,'key':'inst_1','headers':{'ce_type':'dev.muster.Odd'},"
                    + "'value':'bm8gSlNPTg==','reason':'no event type','tries':3,"
                    + "'at':'2026-03-14T10:00:00.000001Z'}")
                .replace('\'', '"')
                .formatted(id));
  }

  @Test
  void what_a_record_did_not_have_is_null() {
    var id = "null-" + UUID.randomUUID();
    told(new DeadLetter(id, "r", "t", 0, 0, null, Map.of(), null, "a tombstone", 1, AT));

    var shown = SIDE.service().json("/api/dead-letters?limit=1").get(0);

    assertThat(shown.path("key").isNull()).isTrue();
    assertThat(shown.path("value").isNull()).isTrue();
    assertThat(shown.path("headers")).isEmpty();
  }

  @Test
  void letters_come_newest_first_and_pages_join_without_a_seam() {
    var expected = new ArrayList<String>();
    for (int i = 0; i < 5; i++) {
      expected.addFirst(told(letter("", 1)).id());
    }

    var pages = new ArrayList<String>();
    @Nullable String next = "/api/dead-letters?limit=2";
    while (next != null && pages.size() < 5) {
      var answer = SIDE.service().get(next);
      pages.addAll(SIDE.service().idsIn(answer.body()));
      var link = NEXT.matcher(answer.headers().firstValue("Link").orElse(""));
      next = link.matches() ? link.group(1) : null;
    }

    assertThat(pages.subList(0, 5)).isEqualTo(expected);
  }

  @Test
  void a_letter_that_was_dropped_is_gone() {
    var id = told(letter("", 1)).id();

    SIDE.topic().raw(Topics.DEAD_LETTERS, id, null);

    await().until(() -> !ids().contains(id));
  }

  @Test
  void fields_of_a_newer_version_are_ignored() {
    var letter = letter("", 1);
    var json = new String(Json.write(letter), UTF_8).replaceFirst("\\{", "{\"severity\":9,");

    SIDE.topic().raw(Topics.DEAD_LETTERS, letter.id(), json.getBytes(UTF_8));

    await().until(() -> ids().contains(letter.id()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"not json", "null", "{}", "{\"id\":\"x\",\"tries\":\"many\"}"})
  void what_cannot_be_read_is_left_out(String broken) {
    var id = "broken-" + UUID.randomUUID();
    SIDE.topic().raw(Topics.DEAD_LETTERS, id, broken.getBytes(UTF_8));
    SIDE.topic().raw(Topics.DEAD_LETTER_RETRIES, id, broken.getBytes(UTF_8));

    told(letter("", 1));

    assertThat(ids()).doesNotContain(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/dead-letters?limit=0",
        "/api/dead-letters?limit=1001",
        "/api/dead-letters?limit=many",
        "/api/dead-letters?cursor=",
        "/api/dead-letters?cursor=%21",
        "/api/dead-letters?cursor=aDEy", // a place in a history
        "/api/dead-letters?cursor=ZGFi", // no number
        "/api/dead-letters?cursor=ZDk5OTk5OTk5OTk5OTk5OTk5OTk5", // one too large
      })
  void a_parameter_that_makes_no_sense_is_refused(String path) {
    var answer = SIDE.service().get(path);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body()).contains("\"type\":\"/problems/invalid-request\"");
  }

  private static DeadLetter letter(String value, int tries) {
    return new DeadLetter(
        "letter." + UUID.randomUUID(),
        "inbox-eu-west-1",
        Topics.INSTANCE_EVENTS,
        3,
        17,
        "inst_1",
        Map.of("ce_type", "dev.muster.Odd"),
        value,
        "no event type",
        tries,
        AT);
  }

  private static DeadLetter told(DeadLetter letter) {
    SIDE.topic().raw(Topics.DEAD_LETTERS, letter.id(), Json.write(letter));
    await().until(() -> ids().contains(letter.id()));
    return letter;
  }

  private static List<String> ids() {
    return StreamSupport.stream(
            SIDE.service().json("/api/dead-letters?limit=1000").spliterator(), false)
        .map(letter -> letter.path("id").asString())
        .toList();
  }
}
