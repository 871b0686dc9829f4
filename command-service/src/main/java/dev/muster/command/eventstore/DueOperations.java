package dev.muster.command.eventstore;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The operations whose deadline has passed. */
public final class DueOperations {

  /** An operation that has waited long enough. */
  public record Due(String instanceId, String operationId) {}

  private static final int AT_ONCE = 100;

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transactions;

  public DueOperations(EventDatabase database) {
    this.jdbc = database.jdbc();
    this.transactions = new TransactionTemplate(new JdbcTransactionManager(database.pool()));
  }

  /**
   * Has up to a hundred of them handled, side by side, while no other replica can take them. One is
   * forgotten when all of them were handled without an exception.
   *
   * @return whether there may be more
   */
  public boolean takeSome(Instant now, Consumer<Due> handler) {
    return Boolean.TRUE.equals(
        transactions.execute(
            _ -> {
              var due = take(now);
              handle(due, handler);
              forget(due);
              return due.size() == AT_ONCE;
            }));
  }

  private List<Due> take(Instant now) {
    return jdbc.query(
        """
        select instance_id, operation_id from operation_deadline
        where deadline <= ? order by deadline limit ? for update skip locked
        """,
        (row, _) -> new Due(row.getString(1), row.getString(2)),
        now.atOffset(ZoneOffset.UTC),
        AT_ONCE);
  }

  // Side by side, so that their events go into the store together.
  private static void handle(List<Due> due, Consumer<Due> handler) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<CompletableFuture<Void>>();
      for (var one : due) {
        running.add(CompletableFuture.runAsync(() -> handler.accept(one), threads));
      }
      running.forEach(CompletableFuture::join);
    }
  }

  private void forget(List<Due> due) {
    jdbc.batchUpdate(
        "delete from operation_deadline where operation_id = ?",
        due.stream().map(one -> new Object[] {one.operationId()}).toList());
  }
}
