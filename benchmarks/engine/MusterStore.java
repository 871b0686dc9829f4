package engine;

import dev.muster.command.eventstore.EventDatabase;
import dev.muster.command.eventstore.PostgreSqlEventStorageEngine;
import dev.muster.command.eventstore.PostgreSqlSettings;
import dev.muster.command.instance.EventOrigin;
import dev.muster.events.codec.EventCodec;
import dev.muster.events.envelope.Correlation;
import dev.muster.events.instance.Ids;
import dev.muster.events.instance.InstanceEvent.CreationRequested;
import dev.muster.events.instance.InstanceSpec;
import dev.muster.infrastructure.EmbeddedPostgres;
import java.time.Instant;
import org.axonframework.eventhandling.GenericDomainEventMessage;

/** Muster's engine, with all that an append does: the row, its global number and its deadline. */
final class MusterStore implements AutoCloseable {

  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  private final EventDatabase database;
  private final PostgreSqlEventStorageEngine engine;

  MusterStore(EmbeddedPostgres server) {
    database =
        EventDatabase.open(
            new PostgreSqlSettings(
                server.jdbcUrl(), server.username(), server.password(), null, null));
    engine = new PostgreSqlEventStorageEngine(database);
  }

  void append() {
    var id = Ids.newInstance();
    engine.appendEvents(
        new GenericDomainEventMessage<>(
            "Instance",
            id,
            0,
            creation(id),
            EventOrigin.metaData(Correlation.platform("benchmark"))));
  }

  /** The same event as text. */
  static String payload() {
    return new String(new EventCodec().encode(creation(Ids.newInstance())).data());
  }

  private static CreationRequested creation(String id) {
    return new CreationRequested(
        id, Ids.newOperation(), InstanceSpec.bot("bot", "us-east-1"), AT, AT);
  }

  @Override
  public void close() throws InterruptedException {
    engine.close();
    database.close();
  }
}
