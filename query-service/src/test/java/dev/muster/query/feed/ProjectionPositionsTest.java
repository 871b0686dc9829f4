package dev.muster.query.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.infrastructure.TestServers;
import dev.muster.kafka.projection.Position;
import dev.muster.kafka.projection.PositionLostException;
import dev.muster.query.store.TestStore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

class ProjectionPositionsTest {

  private TestStore store;
  private ProjectionPositions mine;
  private ProjectionPositions others;

  @BeforeEach
  void open() {
    store = TestStore.at(TestServers.shared().mongoUri("positions"));
    store.mongo().dropCollection("test_positions");
    mine = positions(1);
    others = positions(1);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void a_partition_without_a_position_begins_at_nothing() {
    var position = claim(mine);

    assertThat(position.next()).isZero();
    assertThat(position.newest()).isEqualTo(Position.NOTHING);
  }

  @Test
  void a_new_owner_goes_on_where_the_old_one_was_in_the_same_filling() {
    var before = advanced(mine, 7, 70);

    var after = claim(others);

    assertThat(after.next()).isEqualTo(7);
    assertThat(after.newest()).isEqualTo(70);
    assertThat(after.fill()).isEqualTo(before.fill());
  }

  @Test
  void whoever_lost_a_partition_can_neither_begin_nor_end_a_write() {
    var lost = claim(mine);
    advanced(others, 5, 50);

    assertThatThrownBy(() -> mine.requireHeld(List.of(lost)))
        .isInstanceOf(PositionLostException.class);
    assertThatThrownBy(() -> mine.advance(Map.of(lost, lost.at(3, 30))))
        .isInstanceOf(PositionLostException.class);
    assertThat(claim(others).next()).isEqualTo(5);
  }

  @Test
  void a_store_that_lost_its_positions_is_not_written_to() {
    var held = claim(mine);

    store.mongo().dropCollection("test_positions");

    assertThatThrownBy(() -> mine.requireHeld(List.of(held)))
        .isInstanceOf(PositionLostException.class);
  }

  @Test
  void a_store_that_came_back_older_is_not_written_to() {
    var held = advanced(mine, 7, 70);
    var older = new Update().set("next", 6L).set("newest", 60L);

    store.mongo().updateFirst(new Query(), older, "test_positions");

    assertThatThrownBy(() -> mine.requireHeld(List.of(held)))
        .isInstanceOf(PositionLostException.class);
    assertThatThrownBy(() -> mine.advance(Map.of(held, held.at(8, 80))))
        .isInstanceOf(PositionLostException.class);
    assertThat(claim(mine).next()).isEqualTo(6);
  }

  @Test
  void a_position_past_the_end_begins_anew_in_another_filling() {
    var before = advanced(mine, 7, 70);

    var after = List.copyOf(mine.claim(Map.of(3, 6L))).getFirst();

    assertThat(after.next()).isZero();
    assertThat(after.fill()).isNotEqualTo(before.fill());
  }

  @Test
  void rows_of_another_format_are_not_built_upon() {
    var before = advanced(mine, 7, 70);

    var after = claim(positions(2));

    assertThat(after.next()).isZero();
    assertThat(after.fill()).isNotEqualTo(before.fill());
  }

  private ProjectionPositions positions(int format) {
    var feed = new Feed("topic", "group", "part", "test_positions", format);
    return new ProjectionPositions(store.mongo(), store.upserts(), feed);
  }

  private static Position advanced(ProjectionPositions positions, long next, long newest) {
    var held = claim(positions);
    positions.advance(Map.of(held, held.at(next, newest)));
    return held.at(next, newest);
  }

  private static Position claim(ProjectionPositions positions) {
    return List.copyOf(positions.claim(Map.of(3, 100L))).getFirst();
  }
}
