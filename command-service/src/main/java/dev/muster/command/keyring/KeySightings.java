package dev.muster.command.keyring;

import dev.muster.command.access.ApiKeyCommand.RecordKeyUse;
import dev.muster.command.dispatch.KeyCommands;
import dev.muster.events.access.ApiKeyState;
import dev.muster.events.access.KeyUse;
import dev.muster.events.codec.Json;
import dev.muster.events.codec.UnreadableMessageException;
import dev.muster.events.envelope.Actor;
import dev.muster.events.envelope.Correlation;
import dev.muster.events.instance.Ids;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.kafka.topic.TopicReaderJob;
import dev.muster.web.key.KeyRing;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.stereotype.Component;

/**
 * Records from which addresses keys are used, whichever service saw them. Every replica does; the
 * aggregate takes each address once.
 */
@Component
final class KeySightings extends TopicReaderJob {

  private final KeyRing ring;
  private final KeyCommands commands;

  KeySightings(KafkaClients kafka, KeyRing ring, KeyCommands commands) {
    super(kafka, Topics.KEY_USES, "key-use-reader");
    this.ring = ring;
    this.commands = commands;
  }

  /** What is seen of a key that is not known yet would be lost: that topic is read first. */
  @Override
  public boolean mayBegin(Consumer<String, byte[]> reader) {
    return ring.isComplete();
  }

  @Override
  public void take(ConsumerRecord<String, byte[]> record) {
    if (record.value() != null) {
      var use = Json.read(record.value(), KeyUse.class);
      ring.find(use.keyId())
          .filter(key -> !key.usedFrom().contains(use.sourceIp()))
          .ifPresent(key -> record(key, use));
    }
  }

  /** What the event store refuses is taken again. */
  @Override
  public boolean leavesOut(RuntimeException failure) {
    return failure instanceof UnreadableMessageException;
  }

  private void record(ApiKeyState key, KeyUse use) {
    commands.send(
        new RecordKeyUse(use.keyId(), use.sourceIp(), use.at()),
        new Correlation(
            new Actor(key.keyId(), key.name()), Ids.newRequest(), use.sourceIp(), null, null));
  }
}
