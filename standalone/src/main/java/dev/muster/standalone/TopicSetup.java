package dev.muster.standalone;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.KafkaSettings;
import dev.muster.events.kafka.Topics;
import dev.muster.infrastructure.ServerStartException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/**
 * Makes the topics before anybody asks for them: a client that meets a topic in the making backs
 * off for seconds.
 */
final class TopicSetup {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(50);

  private TopicSetup() {}

  static void run(KafkaSettings settings) {
    try (var admin = KafkaClients.admin(settings, "topic-setup")) {
      Topics.create(admin, settings.partitions(), settings.replication());
      awaitLeaders(admin);
    } catch (ExecutionException e) {
      throw new ServerStartException("Kafka's topics cannot be made: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerStartException("interrupted while Kafka's topics were made", e);
    }
  }

  private static void awaitLeaders(Admin admin) throws ExecutionException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!haveLeaders(admin)) {
      if (System.nanoTime() > deadline) {
        throw new ServerStartException(
            "Kafka's partitions have no leader after %d s".formatted(PATIENCE.toSeconds()));
      }
      Thread.sleep(LOOK);
    }
  }

  private static boolean haveLeaders(Admin admin) throws ExecutionException, InterruptedException {
    var names = admin.listTopics().names().get();
    return admin.describeTopics(names).allTopicNames().get().values().stream()
        .flatMap(topic -> topic.partitions().stream())
        .allMatch(partition -> partition.leader() != null && !partition.leader().isEmpty());
  }
}
