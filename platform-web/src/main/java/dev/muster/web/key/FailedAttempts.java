package dev.muster.web.key;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Who presents keys that do not open, by address. Somebody who guesses is told to wait. */
@Component
final class FailedAttempts {

  private static final int AT_ONCE = 500;
  private static final int A_SECOND = 10;
  private static final int REMEMBERED_AT_MOST = 10_000;

  /** A network of IPv6 that one customer has. */
  private static final int CUSTOMER_BYTES = 8;

  private final FailureLog log;
  private final Map<String, Bucket> allowed =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > REMEMBERED_AT_MOST;
        }
      };

  @Autowired
  FailedAttempts() {
    this(CompletableFuture.delayedExecutor(1, TimeUnit.MINUTES));
  }

  FailedAttempts(Executor inAMinute) {
    this.log = new FailureLog(inAMinute);
  }

  /**
   * Notes that somebody was not let in.
   *
   * @return after how many seconds that address may try again; 0 when it has not tried too often
   */
  synchronized long add(String address, String reason) {
    var network = network(address);
    log.add(network, reason);
    var bucket = allowed.computeIfAbsent(network, _ -> full());
    var probe = bucket.tryConsumeAndReturnRemaining(1);
    return probe.isConsumed()
        ? 0
        : Math.ceilDiv(probe.getNanosToWaitForRefill(), TimeUnit.SECONDS.toNanos(1));
  }

  private static String network(String address) {
    if (!(InetAddress.ofLiteral(address) instanceof Inet6Address parsed)) {
      return address;
    }
    var bytes = parsed.getAddress();
    Arrays.fill(bytes, CUSTOMER_BYTES, bytes.length, (byte) 0);
    try {
      return InetAddress.getByAddress(bytes).getHostAddress() + "/64";
    } catch (UnknownHostException e) {
      throw new IllegalStateException("16 bytes are no address", e);
    }
  }

  private static Bucket full() {
    return Bucket.builder()
        .addLimit(
            Bandwidth.builder()
                .capacity(AT_ONCE)
                .refillGreedy(A_SECOND, Duration.ofSeconds(1))
                .build())
        .build();
  }
}
