package dev.muster.events.kafka;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;

/**
 * Looks whether the topics that are there are as they have to be. Somebody else may have made them,
 * or this platform with other settings.
 */
public final class TopicCheck {

  private static final String CLEANUP = "cleanup.policy";

  /** Keyed by instance, with as many partitions as are configured. */
  private static final Set<String> BY_INSTANCE =
      Set.of(
          Topics.INSTANCE_EVENTS,
          Topics.PROVISIONING_OUTCOMES,
          Topics.INSTANCE_HEALTH,
          Topics.INSTANCE_LOGS);

  private static final Set<String> KEPT_FOR_EVER =
      Set.of(Topics.INSTANCE_EVENTS, Topics.ACCESS_EVENTS, Topics.AUDIT_LOG);

  private TopicCheck() {}

  /**
   * Returns when every topic will do. Missing ones are no mistake.
   *
   * @throws UnsuitableTopicsException that names everything that is wrong and says what to do
   * @throws ExecutionException when the broker is away or refuses
   */
  public static void verify(Admin admin, KafkaSettings settings)
      throws ExecutionException, InterruptedException {
    var expected =
        Topics.all(settings.partitions(), settings.replication()).stream()
            .collect(Collectors.toMap(NewTopic::name, Function.identity()));
    expected.keySet().retainAll(admin.listTopics().names().get());
    var problems = new ArrayList<String>();
    var found = admin.describeTopics(expected.keySet()).allTopicNames().get();
    found.forEach((_, topic) -> comparePartitions(topic, settings.partitions(), problems));
    var configs = admin.describeConfigs(expected.keySet().stream().map(TopicCheck::topic).toList());
    for (var config : configs.values().entrySet()) {
      var topic = requireNonNull(expected.get(config.getKey().name()));
      compare(topic, config.getValue().get(), problems);
    }
    if (!problems.isEmpty()) {
      throw new UnsuitableTopicsException(problems.stream().sorted().toList());
    }
  }

  private static ConfigResource topic(String name) {
    return new ConfigResource(ConfigResource.Type.TOPIC, name);
  }

  private static void comparePartitions(
      TopicDescription topic, int configured, List<String> problems) {
    int there = topic.partitions().size();
    if (BY_INSTANCE.contains(topic.name()) && there != configured) {
      problems.add(
          "topic %s has %d partitions and muster.kafka.partitions is %d: set it to %d, or add partitions before any event is written"
              .formatted(topic.name(), there, configured, there));
    }
  }

  private static void compare(NewTopic expected, Config config, List<String> problems) {
    needed(expected)
        .forEach(
            (name, value) -> {
              var there = config.get(name).value();
              if (!value.equals(there)) {
                problems.add(
                    "topic %s has %s=%s and needs %s=%s: set it with kafka-configs"
                        .formatted(expected.name(), name, there, name, value));
              }
            });
  }

  /** What would lose messages when it were otherwise; the rest is for operators to tune. */
  private static Map<String, String> needed(NewTopic topic) {
    var needed = new HashMap<String, String>();
    needed.put(CLEANUP, topic.configs().getOrDefault(CLEANUP, "delete"));
    if (KEPT_FOR_EVER.contains(topic.name())) {
      needed.putAll(topic.configs());
    }
    return needed;
  }
}
