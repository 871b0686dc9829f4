package dev.muster.web.rate;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** A bucket for each key that is known: full of {@code burst} requests, refilled every moment. */
@Component
final class RateLimits {

  private final long perSecond;
  private final long burst;
  private final ConcurrentHashMap<String, Bucket> buckets = new ConcurrentHashMap<>();

  RateLimits(
      @Value("${muster.requests-per-second}") long perSecond,
      @Value("${muster.requests-burst}") long burst) {
    if (perSecond < 0 || perSecond > 1_000_000) {
      throw new IllegalArgumentException(
          "muster.requests-per-second is %d; it takes 0 (no limit) to 1000000"
              .formatted(perSecond));
    }
    if (burst < 1 || burst > 1_000_000) {
      throw new IllegalArgumentException(
          "muster.requests-burst is %d; it takes 1 to 1000000".formatted(burst));
    }
    this.perSecond = perSecond;
    this.burst = burst;
  }

  boolean isOn() {
    return perSecond > 0;
  }

  long burst() {
    return burst;
  }

  /** In how many seconds an empty bucket is full, rounded up. */
  long window() {
    return Math.ceilDiv(burst, perSecond);
  }

  ConsumptionProbe take(String keyId) {
    return buckets.computeIfAbsent(keyId, _ -> full()).tryConsumeAndReturnRemaining(1);
  }

  private Bucket full() {
    return Bucket.builder()
        .addLimit(
            Bandwidth.builder()
                .capacity(burst)
                .refillGreedy(perSecond, Duration.ofSeconds(1))
                .build())
        .build();
  }
}
