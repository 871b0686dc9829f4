package dev.muster.web.key;

import dev.muster.events.access.KeyUse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Says of each key and address that it was seen: at once, and then every minute. */
@Component
final class KeyUses implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(KeyUses.class);
  private static final Duration SAID_AGAIN_AFTER = Duration.ofMinutes(1);
  private static final int REMEMBERED_AT_MOST = 10_000;

  private final ObjectProvider<KeyUseSink> sinks;
  private final Clock clock;
  private final ConcurrentHashMap<Seen, Instant> said = new ConcurrentHashMap<>();

  // No request waits for it; what does not fit is said a minute later.
  private final ThreadPoolExecutor teller =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(1_000),
          Thread.ofPlatform().name("key-uses").daemon(true).factory(),
          new ThreadPoolExecutor.DiscardPolicy());

  KeyUses(ObjectProvider<KeyUseSink> sinks, ObjectProvider<Clock> clock) {
    this.sinks = sinks;
    this.clock = clock.getIfAvailable(Clock::systemUTC);
  }

  private record Seen(String keyId, String sourceIp) {}

  void seen(String keyId, String sourceIp) {
    var seen = new Seen(keyId, sourceIp);
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    var last = said.get(seen);
    if (last != null && last.plus(SAID_AGAIN_AFTER).isAfter(now)) {
      return;
    }
    if (said.size() >= REMEMBERED_AT_MOST) {
      said.clear();
    }
    said.put(seen, now);
    sinks.stream()
        .findFirst()
        .ifPresent(sink -> teller.execute(() -> tell(sink, new KeyUse(keyId, sourceIp, now))));
  }

  @Override
  public void close() {
    teller.shutdownNow();
  }

  private void tell(KeyUseSink sink, KeyUse use) {
    try {
      sink.tell(use);
    } catch (RuntimeException e) {
      log.info("key_use_untold key={} cause=\"{}\": said again later", use.keyId(), e.toString());
      said.remove(new Seen(use.keyId(), use.sourceIp()));
    }
  }
}
