package dev.muster.command.eventstore;

import dev.muster.command.instance.EventOrigin;
import dev.muster.events.envelope.Actor;
import dev.muster.events.envelope.Correlation;
import dev.muster.events.instance.InstanceEvent;
import dev.muster.events.instance.InstanceEvent.CreationRequested;
import dev.muster.events.instance.InstanceEvent.InstanceStarted;
import dev.muster.events.instance.InstanceEvent.OutcomeIgnored;
import dev.muster.events.instance.InstanceSpec;
import dev.muster.infrastructure.TestServers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;

/** Databases and events to try the store with. */
final class Sample {

  static final Instant AT = Instant.parse("2026-03-01T10:00:00.123456Z");
  static final Correlation ORIGIN =
      new Correlation(new Actor("key_1", "ops"), "req_1", "127.0.0.1", "ev_0", "00-1-1-01");

  private Sample() {}

  static PostgreSqlSettings newDatabase() {
    var server = TestServers.shared().postgres();
    return new PostgreSqlSettings(
        server.newDatabase(), server.username(), server.password(), null, null);
  }

  static InstanceEvent creation(String instanceId) {
    return new CreationRequested(
        instanceId, "op_1", InstanceSpec.bot("bot", "us-east-1"), AT.plusSeconds(30), AT);
  }

  static InstanceEvent start(String instanceId) {
    return new InstanceStarted(instanceId, "op_1", "local", AT);
  }

  static InstanceEvent remark(String instanceId, int number) {
    return new OutcomeIgnored(instanceId, "op_" + number, "remark", AT);
  }

  static DomainEventMessage<?> message(long sequence, InstanceEvent event) {
    return new GenericDomainEventMessage<>(
        "Instance", event.instanceId(), sequence, event, EventOrigin.metaData(ORIGIN));
  }

  /** A history of that many events, the creation among them. */
  static List<DomainEventMessage<?>> history(String instanceId, int events) {
    var history = new ArrayList<DomainEventMessage<?>>();
    history.add(message(0, creation(instanceId)));
    for (int sequence = 1; sequence < events; sequence++) {
      history.add(message(sequence, remark(instanceId, sequence)));
    }
    return history;
  }
}
