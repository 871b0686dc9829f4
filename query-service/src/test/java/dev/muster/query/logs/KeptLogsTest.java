package dev.muster.query.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.events.kafka.Topics;
import dev.muster.infrastructure.TestServers;
import dev.muster.query.RunningQueryService;
import dev.muster.query.Story;
import dev.muster.query.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** A service of its own that keeps little, and is away for longer than its topic keeps anything. */
class KeptLogsTest {

  private static final TestServers SERVERS = TestServers.shared();

  private final Story story = Story.running("printer");
  private final Printer printer = new Printer(story.id());

  @Test
  void the_newest_is_kept_and_what_the_topic_has_lost_is_passed_over() throws Exception {
    try (var topic = Topic.at(SERVERS.kafka())) {
      topic.tell(story);
      try (var service = start()) {
        service.awaitAll(story);
        for (int i = 0; i < 60; i++) {
          topic.tell(printer.prints(lines(i)));
        }

        awaitEnd(service, "59.99");

        // 6 KB each: 64 KB of them, and an eighth more at most, but for the rows at both ends.
        var kept = service.get(path("?tail=10000")).body().lines().toList();
        assertThat(kept.size() / 100).isBetween(10, 16);
        assertThat(kept.getLast()).startsWith("59.99");
        followInTurn(service);
      }
      topic.tell(printer.prints("never read"));
      forget();
      topic.tell(printer.prints("after"));

      try (var service = start()) {
        service.awaitReady();
        awaitEnd(service, "after");
        var kept = service.get(path("?tail=2")).body();
        assertThat(kept).startsWith("59.99").endsWith("\nafter\n");
      }
    }
  }

  private void followInTurn(RunningQueryService service) throws Exception {
    try (var reader = Reader.of(service, path("?follow=true"))) {
      var refused = service.get(path("?follow=true"));
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertThat(service.status(path(""))).isEqualTo(200);
      assertThat(reader.lines()).hasSizeLessThanOrEqualTo(100);
    }
  }

  private static RunningQueryService start() {
    return RunningQueryService.start(
        SERVERS.kafka(),
        SERVERS.mongoUri("kept_logs"),
        "muster.query.log-bytes=64KB",
        "muster.query.log-followers-at-once=1");
  }

  private static String[] lines(int chunk) {
    return IntStream.range(0, 100)
        .mapToObj(i -> "%d.%d %s".formatted(chunk, i, "x".repeat(54)))
        .toArray(String[]::new);
  }

  private void awaitEnd(RunningQueryService service, String beginning) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> service.get(path("?tail=1")).body().startsWith(beginning));
  }

  /** Everything that the topic has now is gone, as after a day. */
  private static void forget() throws Exception {
    try (var admin = Topic.clients(SERVERS.kafka()).admin("retention")) {
      var ends = new HashMap<TopicPartition, OffsetSpec>();
      IntStream.range(0, 8)
          .forEach(p -> ends.put(new TopicPartition(Topics.INSTANCE_LOGS, p), OffsetSpec.latest()));
      var deletions = new HashMap<TopicPartition, RecordsToDelete>();
      admin
          .listOffsets(ends)
          .all()
          .get()
          .forEach((p, end) -> deletions.put(p, RecordsToDelete.beforeOffset(end.offset())));
      admin.deleteRecords(deletions).all().get();
    }
  }

  private String path(String query) {
    return "/api/instances/%s/logs%s".formatted(story.id(), query);
  }
}
