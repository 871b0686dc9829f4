package dev.muster.web.key;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Who presents keys that do not open, by address. Somebody who guesses is told to wait. The first
 * ten failures are in the log, and then the hundredth, the thousandth and so on, so that nobody can
 * push older lines out of it.
 */
@Component
final class FailedAttempts {

  private static final Logger log = LoggerFactory.getLogger(FailedAttempts.class);
  private static final int AT_ONCE = 500;
  private static final int A_SECOND = 10;
  private static final int IN_FULL = 10;
  private static final int REMEMBERED_AT_MOST = 10_000;
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);

  /** A network of IPv6 that one customer has. */
  private static final int CUSTOMER_BYTES = 8;

  private final Bucket lines = bucket(100, 2);
  private final Map<String, Stranger> strangers =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Stranger> eldest) {
          return size() > REMEMBERED_AT_MOST;
        }
      };

  /** Failures of one address, by their reason, of which there are few. */
  private static final class Stranger {

    private final Bucket allowed = bucket(AT_ONCE, A_SECOND);
    private final Map<String, Long> failures = new HashMap<>();
    private long lastNanos = System.nanoTime();

    long fail(String reason) {
      var now = System.nanoTime();
      if (now - lastNanos > FORGOTTEN_AFTER.toNanos()) {
        failures.clear();
      }
      lastNanos = now;
      return failures.merge(reason, 1L, Long::sum);
    }
  }

  /**
   * Notes that somebody was not let in.
   *
   * @return after how many seconds that address may try again; 0 when it has not tried too often
   */
  synchronized long add(String address, String reason) {
    var stranger = strangers.computeIfAbsent(network(address), _ -> new Stranger());
    var count = stranger.fail(reason);
    if ((count <= IN_FULL || isPowerOfTen(count)) && lines.tryConsume(1)) {
      log.info(
          "authentication_failed reason=\"{}\" source_ip={} failures={}", reason, address, count);
    }
    var probe = stranger.allowed.tryConsumeAndReturnRemaining(1);
    return probe.isConsumed()
        ? 0
        : Math.ceilDiv(probe.getNanosToWaitForRefill(), TimeUnit.SECONDS.toNanos(1));
  }

  private static boolean isPowerOfTen(long count) {
    var rest = count;
    while (rest % 10 == 0) {
      rest /= 10;
    }
    return rest == 1;
  }

  private static String network(String address) {
    return InetAddress.ofLiteral(address) instanceof Inet6Address parsed
        ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), CUSTOMER_BYTES))
        : address;
  }

  private static Bucket bucket(long atOnce, long aSecond) {
    return Bucket.builder()
        .addLimit(
            Bandwidth.builder()
                .capacity(atOnce)
                .refillGreedy(aSecond, Duration.ofSeconds(1))
                .build())
        .build();
  }
}
