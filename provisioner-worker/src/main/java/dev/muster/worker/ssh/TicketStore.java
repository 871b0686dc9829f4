package dev.muster.worker.ssh;

import dev.muster.events.worker.ShellTicket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The tickets that are good now. Each is taken once; a login may come before its ticket does. */
final class TicketStore {

  private static final int KEPT = 10_000;
  private static final int WAITING = 256;

  private final Clock clock;
  private final Duration patience;
  private final Map<String, ShellTicket> tickets = new LinkedHashMap<>();
  private final Map<String, CompletableFuture<Optional<ShellTicket>>> waiting = new HashMap<>();

  /**
   * @param patience how long a login waits for a ticket that nobody has heard of
   */
  TicketStore(Clock clock, Duration patience) {
    this.clock = clock;
    this.patience = patience;
  }

  /** A ticket is good from now on. Of too many, the oldest are no longer. */
  void add(ShellTicket ticket) {
    CompletableFuture<Optional<ShellTicket>> early;
    synchronized (this) {
      var now = clock.instant();
      tickets.values().removeIf(kept -> isOver(kept, now));
      if (isOver(ticket, now)) {
        return;
      }
      early = waiting.remove(ticket.hash());
      if (early == null) {
        keep(ticket);
      }
    }
    if (early != null) {
      early.complete(Optional.of(ticket));
    }
  }

  private void keep(ShellTicket ticket) {
    if (tickets.size() == KEPT) {
      tickets.remove(tickets.keySet().iterator().next());
    }
    tickets.put(ticket.hash(), ticket);
  }

  /** The ticket of that hash, which nobody else gets any more; empty when there is none in time. */
  synchronized CompletableFuture<Optional<ShellTicket>> take(String hash) {
    var ticket = tickets.remove(hash);
    if (ticket != null) {
      return CompletableFuture.completedFuture(
          Optional.of(ticket).filter(kept -> !isOver(kept, clock.instant())));
    }
    if (waiting.containsKey(hash) || waiting.size() == WAITING) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    var early = new CompletableFuture<Optional<ShellTicket>>();
    waiting.put(hash, early);
    CompletableFuture.delayedExecutor(
            patience.toMillis(), TimeUnit.MILLISECONDS, Thread::startVirtualThread)
        .execute(() -> giveUp(hash, early));
    return early;
  }

  private void giveUp(String hash, CompletableFuture<Optional<ShellTicket>> early) {
    boolean isOurs;
    synchronized (this) {
      isOurs = waiting.remove(hash, early);
    }
    if (isOurs) {
      early.complete(Optional.empty());
    }
  }

  /** The tickets of a key, and what they open, are good until then at most. */
  synchronized void keyEnds(String keyId, Instant end) {
    tickets.replaceAll(
        (_, ticket) -> ticket.keyId().equals(keyId) ? ticket.whoseKeyEnds(end) : ticket);
  }

  private static boolean isOver(ShellTicket ticket, Instant now) {
    return !ticket.expiresAt().isAfter(now) || ticket.isKeyOver(now);
  }
}
