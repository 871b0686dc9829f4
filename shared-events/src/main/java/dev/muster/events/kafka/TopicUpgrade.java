package dev.muster.events.kafka;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;

/** Gives topics that an earlier version made the settings that this one relies on. */
final class TopicUpgrade {

  private TopicUpgrade() {}

  /**
   * Changes what differs, and nothing else. Who may not change a topic does without.
   *
   * @throws ExecutionException when the broker is away
   */
  static void apply(Admin admin, Collection<NewTopic> topics)
      throws ExecutionException, InterruptedException {
    var changes = new HashMap<ConfigResource, Collection<AlterConfigOp>>();
    try {
      var there = admin.describeConfigs(topics.stream().map(TopicUpgrade::resource).toList()).all();
      for (var topic : topics) {
        var found = requireNonNull(there.get().get(resource(topic)));
        var different = different(topic, found);
        if (!different.isEmpty()) {
          changes.put(resource(topic), different);
        }
      }
      if (!changes.isEmpty()) {
        admin.incrementalAlterConfigs(changes).all().get();
      }
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof AuthorizationException)) {
        throw e;
      }
    }
  }

  private static List<AlterConfigOp> different(NewTopic topic, Config found) {
    var changes = new ArrayList<AlterConfigOp>();
    topic
        .configs()
        .forEach(
            (name, value) -> {
              var entry = found.get(name);
              if (entry == null || !value.equals(entry.value())) {
                changes.add(
                    new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET));
              }
            });
    return changes;
  }

  private static ConfigResource resource(NewTopic topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
  }
}
