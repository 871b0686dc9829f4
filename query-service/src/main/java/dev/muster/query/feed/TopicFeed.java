package dev.muster.query.feed;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.kafka.projection.PositionStore;
import dev.muster.kafka.projection.Projection;
import dev.muster.kafka.projection.ProjectionFeed;
import dev.muster.query.topic.TopicsAtStart;
import io.micrometer.core.instrument.MeterRegistry;

/** Reads a topic into the read store. It makes the topics that are missing first. */
public final class TopicFeed extends ProjectionFeed {

  TopicFeed(
      Feed feed,
      KafkaClients kafka,
      PositionStore positions,
      Projection projection,
      MeterRegistry meters) {
    super(kafka, feed.topic(), feed.group(), feed.part(), positions, projection, meters);
  }

  /** Before the web server's, so that answers under way still see what they wait for. */
  @Override
  public int getPhase() {
    return TopicsAtStart.PHASE_OF_READERS;
  }

  @Override
  protected void prepare(KafkaClients clients) throws Exception {
    TopicsAtStart.ensure(clients, name() + "-topics");
  }
}
