package dev.muster.command.audit;

import dev.muster.command.audit.CheckpointRow.Signed;
import dev.muster.command.eventstore.EventDatabase;
import dev.muster.command.eventstore.EventSession;
import dev.muster.command.topic.OrderedWriter;
import dev.muster.events.audit.AuditRecords;
import dev.muster.events.tlog.Checkpoint;
import dev.muster.events.tlog.Frontier;
import dev.muster.events.tlog.NoteKey;
import dev.muster.ops.job.BackgroundJob;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs what has been sealed, once in a while and by one replica at a time. What is signed is
 * committed before: no crash can lead to another tree of that size.
 */
final class CheckpointSigner extends BackgroundJob {

  private static final Logger log = LoggerFactory.getLogger(CheckpointSigner.class);
  private static final String NAME = "audit-signer";
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  private final EventDatabase database;
  private final OrderedWriter writer;
  private final NoteKey key;
  private final Duration interval;

  CheckpointSigner(EventDatabase database, OrderedWriter writer, AuditSettings settings) {
    super(NAME);
    this.database = database;
    this.writer = writer;
    this.key = settings.signer();
    this.interval = settings.checkpointInterval();
  }

  @Override
  protected void work() throws Exception {
    try (var session = EventSession.open(database, NAME)) {
      while (isRunning() && !session.tryLock(NAME)) {
        Thread.sleep(BETWEEN_TRIES);
      }
      database.gate().awaitOpen(this::isRunning);
      if (isRunning()) {
        lead(session.connection());
      }
    } finally {
      writer.close();
    }
  }

  private void lead(Connection connection)
      throws SQLException, ExecutionException, InterruptedException {
    writer.write(List.of(AuditRecords.verifier(key.verifier())));
    var published = -1L;
    while (isRunning()) {
      var tree = TreeRow.read(connection);
      if (tree.size() > published) {
        published = publish(connection, tree);
      }
      Thread.sleep(interval);
    }
  }

  /** Returns the size of the checkpoint that is published now. */
  private long publish(Connection connection, Frontier tree)
      throws SQLException, ExecutionException, InterruptedException {
    var known = CheckpointRow.read(connection);
    if (!isSigned(known, tree.size())) {
      var note = key.sign(new Checkpoint(key.name(), tree.size(), tree.root()).text());
      if (CheckpointRow.keep(connection, new Signed(tree.size(), note))) {
        log.debug("checkpoint_signed size={}", tree.size());
      }
      known = CheckpointRow.read(connection);
    }
    if (known.isEmpty()) {
      return -1;
    }
    writer.write(List.of(AuditRecords.checkpoint(known.get().note())));
    return known.get().size();
  }

  /** A key that was changed signs anew, once there is more to sign. */
  private static boolean isSigned(Optional<Signed> known, long size) {
    return known.isPresent() && known.get().size() >= size;
  }
}
