package dev.muster.infrastructure;

import static java.util.Locale.ROOT;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.security.scram.ScramLoginModule;

/**
 * One broker that is its own controller, small enough to live beside an application.
 *
 * @param login who may use it; anybody when empty
 */
record BrokerSettings(Path folder, int port, int controllerPort, Optional<ServerLogin> login) {

  static final int NODE_ID = 1;
  static final String CONTROLLER = "CONTROLLER";
  private static final String BROKER = "BROKER";

  String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  Map<String, String> toMap() {
    var all = new LinkedHashMap<String, String>();
    addListeners(all);
    addInternalTopics(all);
    addGroups(all);
    addSizes(all);
    return all;
  }

  private void addListeners(Map<String, String> all) {
    var controller = "127.0.0.1:" + controllerPort;
    all.put("process.roles", "broker,controller");
    all.put("node.id", Integer.toString(NODE_ID));
    // Static voters: a dynamic quorum writes the controller's port into its log, and a restart on
    // another port would look for it there.
    all.put("controller.quorum.voters", NODE_ID + "@" + controller);
    all.put("controller.listener.names", CONTROLLER);
    all.put(
        "listeners",
        "%s://%s,%s://%s".formatted(BROKER, bootstrapServers(), CONTROLLER, controller));
    all.put("advertised.listeners", "%s://%s".formatted(BROKER, bootstrapServers()));
    var protocol = login.isPresent() ? "SASL_PLAINTEXT" : "PLAINTEXT";
    all.put(
        "listener.security.protocol.map",
        "%s:%s,%s:%s".formatted(BROKER, protocol, CONTROLLER, protocol));
    login.ifPresent(known -> addLogin(all, known));
    all.put("inter.broker.listener.name", BROKER);
    all.put("log.dirs", folder.toString());
    // After a kill the restarted broker waits for the session of the old one to end.
    all.put("broker.session.timeout.ms", "3000");
    all.put("broker.heartbeat.interval.ms", "1500");
  }

  private static void addLogin(Map<String, String> all, ServerLogin login) {
    all.put("sasl.enabled.mechanisms", ServerLogin.MECHANISM);
    all.put("sasl.mechanism.inter.broker.protocol", ServerLogin.MECHANISM);
    all.put("sasl.mechanism.controller.protocol", ServerLogin.MECHANISM);
    var jaas =
        "%s required username=\"%s\" password=\"%s\";"
            .formatted(ScramLoginModule.class.getName(), login.username(), login.password());
    for (var listener : List.of(BROKER, CONTROLLER)) {
      var prefix =
          "listener.name.%s.%s.".formatted(listener, ServerLogin.MECHANISM).toLowerCase(ROOT);
      all.put(prefix + "sasl.jaas.config", jaas);
      all.put(prefix + "sasl.server.callback.handler.class", ScramCallbacks.class.getName());
    }
  }

  private static void addInternalTopics(Map<String, String> all) {
    all.put("auto.create.topics.enable", "false");
    all.put("offsets.topic.num.partitions", "4");
    all.put("offsets.topic.replication.factor", "1");
    all.put("transaction.state.log.num.partitions", "4");
    all.put("transaction.state.log.replication.factor", "1");
    all.put("transaction.state.log.min.isr", "1");
    all.put("share.coordinator.state.topic.num.partitions", "4");
    all.put("share.coordinator.state.topic.replication.factor", "1");
    all.put("share.coordinator.state.topic.min.isr", "1");
  }

  /** A killed member's partitions go to the others after seconds, not after Kafka's 45. */
  private static void addGroups(Map<String, String> all) {
    all.put("group.initial.rebalance.delay.ms", "0");
    all.put("group.consumer.min.heartbeat.interval.ms", "500");
    all.put("group.consumer.heartbeat.interval.ms", "3000");
    all.put("group.consumer.min.session.timeout.ms", "3000");
    all.put("group.consumer.session.timeout.ms", "7000");
    // A member has its partitions with the answer that lets it in, not a heartbeat later.
    all.put("group.consumer.assignment.interval.ms", "0");
    all.put("group.consumer.assignor.offload.enable", "false");
  }

  private static void addSizes(Map<String, String> all) {
    all.put("num.network.threads", "1");
    // Each looks three times a second for work, at rest too.
    all.put("num.io.threads", "2");
    all.put("background.threads", "4");
    all.put("group.coordinator.threads", "1");
    all.put("log.cleaner.dedupe.buffer.size", Long.toString(8L << 20));
    all.put("log.segment.bytes", Long.toString(256L << 20));
    all.put("log.index.size.max.bytes", Long.toString(1L << 20));
    // A lone controller has no followers that would need a sign of life.
    all.put("metadata.max.idle.interval.ms", "0");
  }
}
