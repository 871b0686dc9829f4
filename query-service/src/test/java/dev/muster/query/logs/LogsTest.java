package dev.muster.query.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.events.access.ApiKeyEvent.KeyRevoked;
import dev.muster.events.access.Scope;
import dev.muster.events.kafka.Topics;
import dev.muster.events.log.LogChunk;
import dev.muster.query.KeyStory;
import dev.muster.query.QuerySide;
import dev.muster.query.Story;
import dev.muster.web.key.PresentedKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LogsTest {

  @RegisterExtension static final QuerySide QUERY = new QuerySide("logs", 2);

  private static final String[] EVENTS = {"Accept", "text/event-stream"};

  private final Story story = Story.running("printer");
  private final Printer printer = new Printer(story.id());

  @Test
  void a_line_of_the_log_is_a_line_of_the_body_and_nothing_is_added() {
    tell(printer.prints("one", "", "drei – 三 🤖"), printer.prints("\ttab"));

    var answer = QUERY.service().get(path(""));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain;charset=UTF-8");
    assertThat(answer.body()).isEqualTo("one\n\ndrei – 三 🤖\n\ttab\n");
    assertThat(QUERY.service().send("HEAD", path("?follow=true")).body()).isEmpty();
  }

  @Test
  void what_a_terminal_would_act_on_is_written_out() {
    tell(printer.prints("\u001b[31mred\u0000\u009b1m\u202edlrow\r"));

    var plain = QUERY.service().get(path("")).body();
    var events = Reader.of(QUERY.service(), path(""), "Accept", "text/event-stream");

    var written = "\\u001b[31mred\\u0000\\u009b1m\\u202edlrow";
    assertThat(plain).isEqualTo(written + "\\u000d\n");
    events.awaitLine(
        "data: {\"at\":\"2026-03-14T12:00:00.000000Z\",\"text\":\"%s\\r\"}"
            .formatted(written.replace("\\u001b", "\\u001B")));
  }

  @Test
  void an_instance_that_has_printed_nothing_has_an_empty_log() {
    tell();

    var answer = QUERY.service().get(path("?tail=10000"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void what_a_deleted_instance_has_printed_stays_readable() {
    story.deletionRequested().terminated();
    tell(printer.prints("a"), printer.ends("b"));

    assertThat(QUERY.service().get(path("?follow=true")).body()).isEqualTo("a\nb\n");
  }

  @Test
  void chunks_that_come_again_change_nothing_however_they_are_cut() {
    var first = printer.prints("a", "b");
    var second = printer.prints("c", "d");
    var lines = new ArrayList<>(first.lines());
    lines.addAll(second.lines());
    var both = new LogChunk(story.id(), 0, lines, false);

    tell(first, first, second, first, both, printer.prints("e"));

    awaitBody("", "a\nb\nc\nd\ne\n");
  }

  @Test
  void what_is_no_chunk_is_passed_over() {
    tell(printer.prints("a"));
    QUERY.topic().raw(Topics.INSTANCE_LOGS, story.id(), new byte[] {1, 2});
    QUERY.topic().raw(Topics.INSTANCE_LOGS, story.id(), null);
    QUERY.topic().raw(Topics.INSTANCE_LOGS, null, new byte[] {'{', '}'});
    QUERY.topic().tell(printer.prints("b"));

    awaitBody("", "a\nb\n");
  }

  @Test
  void the_tail_is_the_newest_lines_across_chunks() {
    var lines = IntStream.range(0, 900).mapToObj(i -> "line " + i).toArray(String[]::new);
    tell(printer.prints(lines), printer.prints("x", "y"), printer.prints("z"));
    awaitBody("?tail=1", "z\n");

    assertThat(QUERY.service().get(path("?tail=0")).body()).isEmpty();
    assertThat(QUERY.service().get(path("?tail=4")).body()).isEqualTo("line 899\nx\ny\nz\n");
    assertThat(QUERY.service().get(path("")).body().lines()).hasSize(100);
    assertThat(QUERY.another().get(path("?tail=10000")).body().lines()).hasSize(903);
  }

  @Test
  void since_is_a_bound_in_time_and_tail_is_one_within_it() {
    tell(printer.prints("12:00:00", "12:00:01", "12:00:02", "12:00:03"));

    var noon = Printer.NOON.getEpochSecond();
    assertThat(QUERY.service().get(path("?since=" + (noon + 1))).body())
        .isEqualTo("12:00:01\n12:00:02\n12:00:03\n");
    assertThat(QUERY.service().get(path("?since=2026-03-14T12:00:01.5Z")).body())
        .isEqualTo("12:00:02\n12:00:03\n");
    assertThat(QUERY.service().get(path("?since=2026-03-14T13:00:01%2B01:00&tail=2")).body())
        .isEqualTo("12:00:02\n12:00:03\n");
    assertThat(QUERY.service().get(path("?since=" + (noon + 4))).body()).isEmpty();
  }

  @Test
  void events_name_their_lines_and_go_on_after_any() throws Exception {
    tell(printer.prints("a", "bb", "ccc"));

    var all = Reader.of(QUERY.service(), path("?tail=2"), "Accept", "text/event-stream");
    var rest =
        Reader.of(
            QUERY.another(),
            path("?tail=1"),
            "Accept",
            "text/plain;q=0.5, text/event-stream",
            "Last-Event-ID",
            "2");

    all.awaitEnd();
    rest.awaitEnd();
    assertThat(all.lines())
        .containsExactly(
            ": lines",
            "retry: 2000",
            "id: 4",
            "",
            "id: 5",
            "data: {\"at\":\"2026-03-14T12:00:01.000000Z\",\"text\":\"bb\"}",
            "",
            "id: 9",
            "data: {\"at\":\"2026-03-14T12:00:02.000000Z\",\"text\":\"ccc\"}",
            "");
    assertThat(rest.lines()).contains("id: 2", "id: 5", "id: 9").doesNotContain("id: 4");
  }

  @Test
  void whoever_follows_has_each_line_once_at_any_replica_until_the_instance_is_gone()
      throws Exception {
    var noisy = Story.running("noisy");
    QUERY.topic().tell(noisy);
    var noise = new Printer(noisy.id());
    tell(printer.prints("0"));
    var readers = new ArrayList<Reader>();
    var expected = new ArrayList<>(List.of("0"));
    for (int i = 1; i < 60; i++) {
      var chunk = printer.prints("" + i);
      QUERY.topic().tell(chunk);
      QUERY.topic().tell(noise.prints("noise"));
      QUERY.topic().tell(chunk);
      expected.add("" + i);
      if (i % 10 == 0) {
        readers.add(Reader.of(QUERY.service(), path("?follow=true&tail=10000")));
        readers.add(Reader.of(QUERY.another(), path("?follow=true&tail=10000")));
      }
    }

    QUERY.topic().tell(printer.ends("end"));

    expected.add("end");
    for (var reader : readers) {
      reader.awaitEnd();
      assertThat(reader.lines()).isEqualTo(expected);
    }
  }

  @Test
  void whoever_follows_hears_of_lines_whose_partition_the_other_replica_has() {
    var all = IntStream.range(0, 64).mapToObj(_ -> Story.running("p")).toList();
    var ofEachPartition =
        IntStream.range(0, 8)
            .mapToObj(p -> all.stream().filter(s -> partition(s) == p).findFirst().orElseThrow())
            .toList();
    for (var one : ofEachPartition) {
      QUERY.topic().tell(one);
      QUERY.service().awaitAll(one);
      var reader = Reader.of(QUERY.service(), "/api/instances/" + one.id() + "/logs?follow=true");

      QUERY.topic().tell(new Printer(one.id()).prints("hello"));

      reader.awaitLine("hello");
    }
  }

  @Test
  void following_ends_with_the_reason_when_nothing_will_start_the_instance_again()
      throws Exception {
    var events = new String[] {"Accept", "text/event-stream"};
    var failed = Story.running("failed").died("exit code 1");
    var due = Story.running("due").died("exit code 1").restartRequested();
    QUERY.topic().tell(failed);
    QUERY.topic().tell(due);
    QUERY.topic().tell(new Printer(due.id()).prints("again"));
    story.completed();
    tell(printer.prints("done"));
    QUERY.service().awaitAll(failed);
    QUERY.service().awaitAll(due);

    var ofDue = Reader.of(QUERY.service(), logsOf(due), events);
    var ofFailed = Reader.of(QUERY.service(), logsOf(failed), events);
    var ofStopped = Reader.of(QUERY.service(), logsOf(story), events);
    var plain = Reader.of(QUERY.service(), logsOf(story));

    ofStopped.awaitEnd();
    ofFailed.awaitEnd();
    plain.awaitEnd();
    assertThat(ofStopped.lines())
        .containsSubsequence("event: end", "data: {\"reason\":\"stopped\"}");
    assertThat(ofFailed.lines()).containsSubsequence("event: end", "data: {\"reason\":\"error\"}");
    assertThat(plain.lines()).containsExactly("done");
    assertThat(ofDue.lines()).doesNotContain("event: end");
    ofDue.close();
  }

  /** It has stopped between 50 ms before its last line comes and 50 ms after it. */
  @Test
  void what_ends_twice_at_once_has_each_line_and_one_end_a_hundred_times() throws Exception {
    var stories = IntStream.range(0, 100).mapToObj(i -> Story.running("ends-" + i)).toList();
    stories.forEach(QUERY.topic()::tell);
    QUERY.service().awaitAll(stories.toArray(Story[]::new));

    var readers = new ArrayList<Reader>();
    try (var clock = Executors.newScheduledThreadPool(2)) {
      for (int i = 0; i < stories.size(); i++) {
        var story = stories.get(i);
        readers.add(Reader.of(QUERY.service(), logsOf(story), EVENTS));
        clock.schedule(
            () -> QUERY.topic().tell(new Printer(story.id()).ends("last")),
            100,
            TimeUnit.MILLISECONDS);
        clock.schedule(() -> QUERY.topic().tell(story.completed()), 50 + i, TimeUnit.MILLISECONDS);
      }
    }

    for (var reader : readers) {
      reader.awaitEnd();
      assertThat(reader.lines()).containsOnlyOnce("event: end");
      assertThat(reader.lines()).filteredOn(line -> line.contains("last")).hasSize(1);
      reader.close();
    }
  }

  private static String logsOf(Story story) {
    return "/api/instances/" + story.id() + "/logs?follow=true";
  }

  @Test
  void following_ends_with_the_key() throws Exception {
    var key = PresentedKey.generate();
    var now = Instant.now();
    var issued = KeyStory.issued(key, now, Scope.READ);
    QUERY.topic().tell(List.of(KeyStory.recorded(issued, 1, 0)));
    tell(printer.prints("a"));
    await().until(() -> QUERY.service().as(key.text(), "GET", path("")).statusCode() == 200);
    var reader = Reader.of(QUERY.service(), path("?follow=true"), "X-API-Key", key.text());
    reader.awaitLine("a");

    var revoked = new KeyRevoked(key.id(), now);
    QUERY.topic().tell(List.of(KeyStory.recorded(revoked, 2, 1)));

    reader.awaitEnd();
    assertThat(QUERY.service().as(key.text(), "GET", path("")).statusCode()).isEqualTo(401);
  }

  private static int partition(Story story) {
    var key = story.id().getBytes(UTF_8);
    return BuiltInPartitioner.partitionForKey(key, 8);
  }

  /** Returns when all of it can be read. */
  private void tell(LogChunk... chunks) {
    QUERY.topic().tell(story);
    QUERY.service().awaitAll(story);
    long end = 0;
    for (var chunk : chunks) {
      QUERY.topic().tell(chunk);
      end = Math.max(end, chunk.end());
    }
    var id = "id: " + end;
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              try (var reader = Reader.of(QUERY.service(), path("?tail=0"), EVENTS)) {
                reader.awaitEnd();
                return reader.lines().contains(id);
              }
            });
  }

  private void awaitBody(String query, String body) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(QUERY.service().get(path(query)).body()).isEqualTo(body));
  }

  private String path(String query) {
    return "/api/instances/%s/logs%s".formatted(story.id(), query);
  }
}
