package dev.muster.worker;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.events.kafka.KafkaSettings;
import dev.muster.events.kafka.TestKafka;
import dev.muster.events.kafka.TopicCheck;
import dev.muster.events.kafka.Topics;
import dev.muster.events.kafka.UnsuitableTopicsException;
import dev.muster.infrastructure.EmbeddedKafka;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicCheckTest {

  @TempDir Path data;

  @Test
  void everything_that_is_wrong_with_topics_is_named_with_what_to_do() throws Exception {
    try (var broker = EmbeddedKafka.start(data, 0)) {
      var settings = KafkaSettings.of(broker.bootstrapServers(), 64);
      try (var admin = TestKafka.clients(settings).admin("test")) {
        TopicCheck.verify(admin, settings);
        make(admin, new NewTopic(Topics.INSTANCE_EVENTS, 8, (short) 1));
        make(admin, new NewTopic(Topics.WORKERS, 1, (short) 1));
        make(
            admin,
            new NewTopic(Topics.HOSTS, 3, (short) 1).configs(Map.of("cleanup.policy", "compact")));

        assertThatThrownBy(() -> TopicCheck.verify(admin, settings))
            .isInstanceOf(UnsuitableTopicsException.class)
            .message()
            .contains(
                "topic instance-events has 8 partitions and muster.kafka.partitions is 64:"
                    + " set it to 8, or add partitions before any event is written",
                "topic instance-events has retention.ms=604800000 and needs retention.ms=-1",
                "topic workers has cleanup.policy=delete and needs cleanup.policy=compact")
            .doesNotContain("hosts", "topic dead-letters");
      }
    }
  }

  @Test
  void topics_that_the_platform_made_will_do() throws Exception {
    try (var broker = EmbeddedKafka.start(data, 0)) {
      var settings = KafkaSettings.of(broker.bootstrapServers(), 2);
      try (var admin = TestKafka.clients(settings).admin("test")) {
        Topics.create(admin, 2, (short) 1);

        TopicCheck.verify(admin, settings);
      }
    }
  }

  @Test
  void topics_of_an_earlier_version_get_the_settings_that_this_one_relies_on() throws Exception {
    var earlier = Map.of("cleanup.policy", "compact", "segment.ms", "3600000");
    try (var broker = EmbeddedKafka.start(data, 0)) {
      var settings = KafkaSettings.of(broker.bootstrapServers(), 2);
      try (var admin = TestKafka.clients(settings).admin("test")) {
        make(admin, new NewTopic(Topics.WORKERS, 1, (short) 1).configs(earlier));
        make(admin, new NewTopic(Topics.PROJECTION_PROGRESS, 1, (short) 1).configs(earlier));

        Topics.ensure(admin, settings);

        // A broker answers before its own view of the settings has followed.
        await()
            .untilAsserted(
                () -> {
                  assertThat(setting(admin, Topics.WORKERS, "message.timestamp.type"))
                      .isEqualTo("LogAppendTime");
                  assertThat(setting(admin, Topics.PROJECTION_PROGRESS, "segment.bytes"))
                      .isEqualTo("1048576");
                });
      }
    }
  }

  private static String setting(Admin admin, String topic, String name) throws Exception {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    var found = admin.describeConfigs(List.of(resource)).all().get();
    return requireNonNull(found.get(resource)).get(name).value();
  }

  // A broker answers before its own view of its topics has followed.
  private static void make(Admin admin, NewTopic topic) throws Exception {
    admin.createTopics(List.of(topic)).all().get();
    await().until(() -> admin.listTopics().names().get().contains(topic.name()));
  }
}
