package dev.muster.worker.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.events.worker.ShellTicket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TicketStoreTest {

  private static final Instant NOW = Instant.parse("2026-03-14T10:00:00Z");

  private final TicketStore tickets = book(Duration.ZERO);

  @Test
  void a_ticket_is_taken_once() {
    tickets.add(ticket("a", NOW.plusSeconds(60)));

    var first = tickets.take("a").join();
    var second = tickets.take("a").join();

    assertThat(first).isPresent();
    assertThat(second).isEmpty();
  }

  @Test
  void a_ticket_that_is_over_is_none() {
    tickets.add(ticket("a", NOW));

    assertThat(tickets.take("a").join()).isEmpty();
  }

  @Test
  void a_login_that_came_before_its_ticket_gets_it_and_no_other_does() {
    var patient = book(Duration.ofMinutes(1));
    var early = patient.take("a");
    var another = patient.take("a");

    patient.add(ticket("b", NOW.plusSeconds(60)));
    patient.add(ticket("a", NOW.plusSeconds(60)));

    assertThat(early.join().map(ShellTicket::hash)).hasValue("a");
    assertThat(another.join()).isEmpty();
    assertThat(patient.take("b").join()).isPresent();
  }

  @Test
  void the_tickets_of_a_revoked_key_are_good_no_longer() {
    tickets.add(ticket("a", NOW.plusSeconds(60)));

    tickets.keyEnds("key_1", Instant.MIN);

    assertThat(tickets.take("a").join()).isEmpty();
  }

  @Test
  void of_too_many_the_newest_are_kept() {
    for (int i = 0; i <= 10_000; i++) {
      tickets.add(ticket("" + i, NOW.plusSeconds(60)));
    }

    assertThat(tickets.take("0").join()).isEqualTo(Optional.empty());
    assertThat(tickets.take("1").join()).isPresent();
    assertThat(tickets.take("10000").join()).isPresent();
  }

  private static TicketStore book(Duration patience) {
    return new TicketStore(Clock.fixed(NOW, ZoneOffset.UTC), patience);
  }

  private static ShellTicket ticket(String hash, Instant expiresAt) {
    return new ShellTicket(hash, "inst_1", "w", "key_1", "k", "req_1", expiresAt, null);
  }
}
