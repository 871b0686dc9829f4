package dev.muster.command.progress;

import dev.muster.events.codec.Json;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.events.progress.ProjectionProgress;
import dev.muster.kafka.topic.TopicReaderJob;
import dev.muster.ops.ready.ReadinessCheck;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.stereotype.Component;

/** Hears what the read side says about its progress. */
@Component
final class ProgressReader extends TopicReaderJob implements ReadinessCheck {

  private final ReadSide readSide;

  ProgressReader(KafkaClients kafka, ReadSide readSide) {
    super(kafka, Topics.PROJECTION_PROGRESS, "progress-reader");
    this.readSide = readSide;
  }

  @Override
  public String part() {
    return "read side progress";
  }

  @Override
  public Optional<String> missing() {
    return isCaughtUp() ? Optional.empty() : Optional.of("it has not been read yet");
  }

  @Override
  public boolean mayBegin(Consumer<String, byte[]> reader) {
    var partitions = reader.partitionsFor(Topics.INSTANCE_EVENTS).size();
    readSide.partitions(partitions);
    return partitions > 0;
  }

  @Override
  public void take(ConsumerRecord<String, byte[]> record) {
    if (record.value() != null) {
      readSide.hear(Json.read(record.value(), ProjectionProgress.class));
    }
  }
}
