package dev.muster.query.key;

import dev.muster.events.access.ApiKeyState;
import dev.muster.query.topic.Freshness;
import dev.muster.web.key.KeyRing;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Every API key that was ever issued. */
@Component
public final class IssuedKeys {

  private static final Comparator<ApiKeyState> NEWEST_FIRST =
      Comparator.comparing(ApiKeyState::issuedAt).thenComparing(ApiKeyState::keyId).reversed();

  private final KeyRing ring;
  private final KeyEventListener events;
  private final LastUses uses;
  private final Freshness freshness;

  IssuedKeys(KeyRing ring, KeyEventListener events, LastUses uses, Freshness freshness) {
    this.ring = ring;
    this.events = events;
    this.uses = uses;
    this.freshness = freshness;
  }

  /** Whether all that has happened to keys is known here; waited for, but not for long. */
  public boolean areCurrent() {
    return freshness.isRead(events);
  }

  /** Global position of the newest event of a key, or of an operator, that is known here, or -1. */
  public long newestPosition() {
    return events.newest();
  }

  public Optional<ApiKeyState> find(String keyId) {
    return ring.find(keyId);
  }

  /** Up to {@code count} keys, newest first. */
  public List<ApiKeyState> newest(int count) {
    return ring.all().stream().sorted(NEWEST_FIRST).limit(count).toList();
  }

  /** Up to {@code count} keys that are older than that one, newest first. */
  public List<ApiKeyState> before(ApiKeyState key, int count) {
    return ring.all().stream()
        .filter(other -> NEWEST_FIRST.compare(other, key) > 0)
        .sorted(NEWEST_FIRST)
        .limit(count)
        .toList();
  }

  /** To about a minute; empty when it was never used. */
  public Optional<Instant> lastUse(String keyId) {
    return uses.of(keyId);
  }
}
