package dev.muster.command.deadline;

import dev.muster.command.publish.EventSubscriber;
import dev.muster.events.codec.EventCodec;
import dev.muster.events.codec.EventType;
import dev.muster.events.envelope.RecordedEvent;
import dev.muster.events.instance.InstanceEvent;
import dev.muster.events.instance.InstanceEvent.InstanceCompleted;
import dev.muster.events.instance.InstanceEvent.InstanceFailed;
import dev.muster.events.instance.InstanceEvent.OperationDoneLate;
import dev.muster.events.instance.InstanceEvent.OutcomeIgnored;
import dev.muster.events.instance.InstanceEvent.Requested;
import dev.muster.events.instance.InstanceEvent.Settled;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;

/** Keeps the table of operations that wait for their outcome, out of the events themselves. */
final class DeadlineKeeper implements EventSubscriber {

  private final EventCodec codec = new EventCodec();

  @Override
  public String name() {
    return "deadline-keeper";
  }

  @Override
  public void take(Connection transaction, List<RecordedEvent> events) throws SQLException {
    for (var event : events) {
      if (EventType.isOfInstance(event.encoded().type())) {
        take(transaction, codec.decode(event.encoded()));
      }
    }
  }

  private static void take(Connection transaction, InstanceEvent event) throws SQLException {
    switch (event) {
      case Requested it -> keep(transaction, it);
      case Settled it -> drop(transaction, it.operationId());
      case OperationDoneLate _, OutcomeIgnored _, InstanceCompleted _, InstanceFailed _ -> {}
    }
  }

  private static void keep(Connection transaction, Requested event) throws SQLException {
    try (var insert =
        transaction.prepareStatement(
            """
            insert into operation_deadline (operation_id, instance_id, deadline) values (?, ?, ?)
            on conflict do nothing
            """)) {
      insert.setString(1, event.operationId());
      insert.setString(2, event.instanceId());
      insert.setObject(3, event.deadline().atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    }
  }

  private static void drop(Connection transaction, String operationId) throws SQLException {
    try (var delete =
        transaction.prepareStatement("delete from operation_deadline where operation_id = ?")) {
      delete.setString(1, operationId);
      delete.executeUpdate();
    }
  }
}
