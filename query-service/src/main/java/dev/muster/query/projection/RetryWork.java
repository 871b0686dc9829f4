package dev.muster.query.projection;

import dev.muster.events.deadletter.DeadLetter;
import dev.muster.events.instance.InstanceState;
import dev.muster.events.progress.ProjectionProgress;
import dev.muster.kafka.projection.Position;
import dev.muster.kafka.projection.ProjectedBatch;
import dev.muster.query.instance.current.InstanceRow;
import dev.muster.query.instance.history.HistoryRow;
import dev.muster.query.operation.OperationRow;
import dev.muster.query.projection.Retries.Due;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One dead letter tried again: what can be folded now is written, then what becomes of it. */
record RetryWork(Due due, RetryResult attempt, ProjectionSinks to, Retries retries)
    implements ProjectedBatch {

  private static final Logger log = LoggerFactory.getLogger(RetryWork.class);

  @Override
  public Map<Integer, Long> newest() {
    return Map.of(due.position().partition(), due.position().newest());
  }

  @Override
  public void write() {
    attempt.replay().ifPresent(this::writeRows);
    if (attempt.again().isPresent()) {
      to.letters().write(List.of(attempt.again().get()));
    } else if (attempt.isDone()) {
      var place = UnreadableRow.id(due.letter().partition(), due.letter().offset());
      to.rows().remove(UnreadableRow.class, place);
      to.letters().takeBack(List.of(due.letter().id()));
    }
  }

  @Override
  public void written(Collection<Position> reached) {
    attempt.replay().flatMap(FrozenInstanceReplay::state).ifPresent(this::tell);
    if (attempt.isDone()) {
      retries.done(due);
      attempt.again().ifPresentOrElse(RetryWork::logFailure, this::logSuccess);
    }
  }

  private void writeRows(FrozenInstanceReplay replay) {
    to.rows().replace(HistoryRow.class, replay.history);
    to.rows().replace(OperationRow.class, replay.operations);
    replay
        .state()
        .map(state -> InstanceRow.of(state, due.position().fill()))
        .ifPresent(row -> to.rows().replace(InstanceRow.class, Map.of(row.id(), row)));
  }

  private void tell(InstanceState state) {
    var position = due.position();
    to.instances().keep(position.partition(), List.of(state));
    to.progress()
        .publish(
            new ProjectionProgress(
                position.partition(),
                position.newest(),
                Map.of(state.instanceId(), state.version())));
  }

  private static void logFailure(DeadLetter again) {
    log.warn(
        "dead letter cannot be handled, still id={} tries={} reason=\"{}\"",
        again.id(),
        again.tries(),
        again.reason());
  }

  private void logSuccess() {
    log.info("dead letter is settled id={} instance_id={}", due.letter().id(), due.letter().key());
  }
}
