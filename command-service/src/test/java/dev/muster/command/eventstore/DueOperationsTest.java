package dev.muster.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.command.eventstore.DueOperations.Due;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DueOperationsTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Due FIRST = new Due("inst_1", "op_1");
  private static final Due SECOND = new Due("inst_2", "op_2");

  private EventDatabase database;
  private DueOperations operations;

  @BeforeEach
  void open() {
    database = EventDatabase.open(Sample.newDatabase());
    operations = new DueOperations(database);
    wait(FIRST, NOW.minusSeconds(2));
    wait(SECOND, NOW.minusSeconds(1));
    wait(new Due("inst_3", "op_3"), NOW.plusSeconds(1));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void those_that_are_due_are_claimed_once() {
    assertThat(operations.claim(NOW, 1)).containsExactly(FIRST);
    assertThat(operations.claim(NOW, 10)).containsExactly(SECOND);
    assertThat(operations.claim(NOW, 10)).isEmpty();
  }

  @Test
  void what_was_claimed_and_not_done_comes_again() {
    operations.claim(NOW, 2);
    operations.done(FIRST);

    assertThat(operations.claim(NOW.plus(Duration.ofMinutes(1)), 10))
        .contains(SECOND)
        .doesNotContain(FIRST);
  }

  @Test
  void what_is_set_aside_comes_again_later() {
    operations.claim(NOW, 2);
    operations.done(SECOND);

    operations.setAside(FIRST, NOW);

    assertThat(operations.claim(NOW.plus(Duration.ofMinutes(1)), 10)).doesNotContain(FIRST);
    assertThat(operations.claim(NOW.plus(Duration.ofMinutes(61)), 10)).contains(FIRST);
  }

  private void wait(Due operation, Instant deadline) {
    database
        .jdbc()
        .update(
            "insert into operation_deadline (operation_id, instance_id, deadline) values (?, ?, ?)",
            operation.operationId(),
            operation.instanceId(),
            deadline.atOffset(ZoneOffset.UTC));
  }
}
