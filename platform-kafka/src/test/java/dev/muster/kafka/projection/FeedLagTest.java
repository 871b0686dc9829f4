package dev.muster.kafka.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeedLagTest {

  private static final long NOON = Instant.parse("2026-03-14T12:00:00Z").toEpochMilli();

  private long now = NOON;
  private final FeedLag lag = new FeedLag("topic", () -> Instant.ofEpochMilli(now));

  @Test
  void what_is_read_to_the_end_has_no_lag() {
    lag.claimed(0, 10, 10);
    now += 60_000;

    assertThat(lag.events()).isZero();
    assertThat(lag.seconds()).isZero();
  }

  @Test
  void a_backlog_is_as_old_as_the_records_read_so_far() {
    lag.claimed(0, 0, 1000);
    lag.claimed(1, 500, 700);

    lag.read(0, 100, NOON - 3_600_000);

    assertThat(lag.events()).isEqualTo(1100);
    assertThat(lag.seconds()).isEqualTo(3600);
  }

  @Test
  void after_a_quiet_hour_a_new_record_is_not_an_hour_old() {
    lag.claimed(0, 0, 5);
    lag.read(0, 5, NOON);
    now += 3_600_000;
    lag.ends(Map.of(0, 6L));
    now += 2_000;

    assertThat(lag.events()).isEqualTo(1);
    assertThat(lag.seconds()).isEqualTo(2);
  }

  @Test
  void while_the_store_is_away_the_lag_grows() {
    lag.claimed(0, 0, 5);
    lag.read(0, 5, NOON);
    lag.ends(Map.of(0, 8L));
    now += 10_000;
    lag.ends(Map.of(0, 9L));
    lag.claimed(0, 5, 9);
    now += 10_000;

    assertThat(lag.events()).isEqualTo(4);
    assertThat(lag.seconds()).isEqualTo(20);
  }

  @Test
  void a_store_that_came_back_empty_is_behind_by_the_whole_topic() {
    lag.claimed(0, 90, 100);
    lag.claimed(0, 0, 100);

    assertThat(lag.events()).isEqualTo(100);
  }

  @Test
  void partitions_of_others_do_not_count() {
    lag.claimed(0, 0, 5);
    lag.claimed(1, 0, 7);
    lag.released(List.of(0));
    lag.ends(Map.of(0, 50L, 1, 9L));

    assertThat(lag.events()).isEqualTo(9);
  }
}
