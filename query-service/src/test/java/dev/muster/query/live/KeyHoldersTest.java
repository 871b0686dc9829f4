package dev.muster.query.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.events.access.ApiKeyEvent.KeyRevoked;
import dev.muster.events.access.Scope;
import dev.muster.infrastructure.EmbeddedKafka;
import dev.muster.infrastructure.MongoWireServer;
import dev.muster.query.KeyStory;
import dev.muster.query.RunningQueryService;
import dev.muster.query.Story;
import dev.muster.query.Topic;
import dev.muster.web.key.PresentedKey;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** API keys have their places among the events, and open the streams of them. */
class KeyHoldersTest {

  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MICROS);

  private final PresentedKey reader = PresentedKey.generate();
  private final PresentedKey auditor = PresentedKey.generate();

  @Test
  void events_of_keys_leave_no_gap_and_a_stream_ends_with_its_key(@TempDir Path folder)
      throws Exception {
    var story = Story.running("one").events();
    var events =
        List.of(
            KeyStory.recorded(KeyStory.issued(reader, NOW, Scope.READ), 1, 0),
            Story.at(1, story.get(0)),
            KeyStory.recorded(KeyStory.issued(auditor, NOW, Scope.AUDIT), 1, 2),
            Story.at(3, story.get(1)));
    try (var kafka = EmbeddedKafka.start(folder, 0);
        var mongo = MongoWireServer.start(0);
        var topic = Topic.at(kafka.bootstrapServers())) {
      topic.tell(events);
      try (var service = RunningQueryService.start(kafka.bootstrapServers(), mongo.uri("keys"))) {
        service.awaitReady();
        try (var mine = Client.as(service, reader.text());
            var theirs = Client.as(service, auditor.text())) {
          mine.awaitId(4);
          theirs.awaitId(4);
          assertThat(mine.ids()).containsExactly(2L, 4L);

          topic.tell(List.of(KeyStory.recorded(new KeyRevoked(reader.id(), NOW), 2, 4)));

          mine.awaitEnd();
          topic.tell(List.of(Story.at(5, Story.running("two").events().get(0))));
          theirs.awaitId(6);
          assertThat(theirs.ids()).containsExactly(2L, 4L, 6L);
        }
      }
    }
  }
}
