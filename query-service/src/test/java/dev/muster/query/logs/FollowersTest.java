package dev.muster.query.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.infrastructure.TestServers;
import dev.muster.query.RunningQueryService;
import dev.muster.query.Story;
import dev.muster.query.Topic;
import dev.muster.web.problem.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A service with eight slots for those who follow what instances print. */
class FollowersTest {

  private static final TestServers SERVERS = TestServers.shared();

  private final Story silent = Story.running("silent");
  private final Story other = Story.running("other");

  @Test
  void who_leaves_without_a_word_makes_room_though_nothing_is_printed() throws Exception {
    try (var topic = Topic.at(SERVERS.kafka());
        var service = start()) {
      topic.tell(silent);
      topic.tell(other);
      service.awaitAll(silent, other);
      var followers = List.of(service.open(path(silent)), service.open(path(silent)));
      assertThat(statusOf(service, silent)).isEqualTo(503);
      assertThat(statusOf(service, other)).isEqualTo(200);

      for (var follower : followers) {
        follower.body().close();
      }

      await().until(() -> statusOf(service, silent) == 200);
    }
  }

  @Test
  void neither_an_instance_nor_a_key_has_every_place() {
    var slots = new FollowerSlots(8);
    var first = slots.take("inst_0", "key_1");
    slots.take("inst_0", "key_1");
    assertThatThrownBy(() -> slots.take("inst_0", "key_2")).isInstanceOf(ProblemException.class);
    for (int i = 2; i < 6; i++) {
      slots.take("inst_" + i, "key_1");
    }

    assertThatThrownBy(() -> slots.take("inst_6", "key_1")).isInstanceOf(ProblemException.class);
    assertThat(slots.take("inst_6", "key_2").keyId()).isEqualTo("key_2");
    first.close();
    assertThat(slots.take("inst_0", "key_1").instanceId()).isEqualTo("inst_0");
    assertThat(slots.taken()).isEqualTo(7);
  }

  private static String path(Story story) {
    return "/api/instances/" + story.id() + "/logs?follow=true";
  }

  private static int statusOf(RunningQueryService service, Story story) {
    return service.send("HEAD", path(story)).statusCode();
  }

  private static RunningQueryService start() {
    return RunningQueryService.start(
        SERVERS.kafka(), SERVERS.mongoUri("followers"), "muster.query.log-followers-at-once=8");
  }
}
