package dev.muster.web.key;

import dev.muster.events.access.ApiKeyEvent;
import dev.muster.events.access.ApiKeyState;
import dev.muster.events.envelope.Actor;
import dev.muster.web.key.Admission.Admitted;
import dev.muster.web.key.Admission.Refused;
import dev.muster.web.key.Admission.TooEarly;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * The keys that open the API: the admin's, and those that were issued, folded from their events.
 * What is heard once is known for good, so a service lets callers in whatever else is down.
 */
@Component
public final class KeyRing {

  private static final Logger log = LoggerFactory.getLogger(KeyRing.class);

  /** A key may be presented before its issue was heard here; that takes milliseconds. */
  private static final Duration NEWS_WITHIN = Duration.ofMillis(500);

  private static final int WAIT_FOR_NEWS_AT_MOST = 64;

  private final AdminKey admin;
  private final Clock clock;
  private final ConcurrentHashMap<String, ApiKeyState> keys = new ConcurrentHashMap<>();
  private final Semaphore newsWaits = new Semaphore(WAIT_FOR_NEWS_AT_MOST);
  private final Object news = new Object();
  private volatile boolean complete;

  KeyRing(AdminKey admin, ObjectProvider<Clock> clock) {
    this.admin = admin;
    this.clock = clock.getIfAvailable(Clock::systemUTC);
  }

  /**
   * Takes an event of a key. Those of one key come in order, and may come again.
   *
   * @param sequence of the event in the history of its key, from 1
   */
  public void hear(ApiKeyEvent event, long sequence) {
    keys.compute(event.keyId(), (_, known) -> after(known, event, sequence));
    synchronized (news) {
      news.notifyAll();
    }
  }

  /** Every event that there was has been heard: a key that is not known now was never issued. */
  public void complete() {
    complete = true;
  }

  public boolean isComplete() {
    return complete;
  }

  /** Every key that was ever issued, in no order. */
  public List<ApiKeyState> all() {
    return List.copyOf(keys.values());
  }

  public Optional<ApiKeyState> find(String keyId) {
    return Optional.ofNullable(keys.get(keyId));
  }

  /** Whether that is the key of the settings, which no call can change. */
  public boolean isAdmin(String keyId) {
    return admin.holder().actor().id().equals(keyId);
  }

  /** Whether a key that let somebody in before still would. */
  public boolean isGood(Actor actor) {
    return isAdmin(actor.id())
        || find(actor.id()).filter(key -> key.isGoodAt(clock.instant())).isPresent();
  }

  /** Returns true as soon as that version of the key is known here, false when it takes longer. */
  public boolean await(String keyId, long version, Duration atMost) throws InterruptedException {
    var deadline = System.nanoTime() + atMost.toNanos();
    synchronized (news) {
      while (find(keyId).filter(key -> key.version() >= version).isEmpty()) {
        var left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return false;
        }
        news.wait(left);
      }
      return true;
    }
  }

  Admission admit(String text) {
    var presented = new PresentedKey(text);
    var hash = presented.hash();
    if (admin.is(hash)) {
      return new Admitted(admin.holder());
    }
    if (!presented.isWellFormed()) {
      return new Refused("unknown key");
    }
    var key = find(presented.id()).or(() -> newlyIssued(presented.id()));
    if (key.isEmpty()) {
      return complete ? new Refused("unknown key") : new TooEarly();
    }
    return admit(hash, key.get());
  }

  private Admission admit(byte[] hash, ApiKeyState key) {
    if (!MessageDigest.isEqual(HexFormat.of().parseHex(key.hash()), hash)) {
      return new Refused("wrong secret");
    }
    if (!key.isGoodAt(clock.instant())) {
      return new Refused(key.revokedAt() == null ? "expired key" : "revoked key");
    }
    return new Admitted(
        new Holder(new Actor(key.keyId(), key.name()), EnumSet.copyOf(key.scopes())));
  }

  // A few at a time, so that made-up keys hold up nobody but themselves.
  private Optional<ApiKeyState> newlyIssued(String keyId) {
    if (!complete || !newsWaits.tryAcquire()) {
      return Optional.empty();
    }
    try {
      await(keyId, 1, NEWS_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      newsWaits.release();
    }
    return find(keyId);
  }

  private static @Nullable ApiKeyState after(
      @Nullable ApiKeyState known, ApiKeyEvent event, long sequence) {
    var version = known == null ? 0 : known.version();
    if (sequence <= version) {
      return known;
    }
    if (sequence > version + 1) {
      log.error(
          "key_event_missing key={} version={} sequence={}: the topic was changed by hand",
          event.keyId(),
          version,
          sequence);
      return known;
    }
    return ApiKeyState.fold(known, event);
  }
}
