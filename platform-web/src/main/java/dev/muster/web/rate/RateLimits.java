package dev.muster.web.rate;

import dev.muster.web.settings.WebSettings;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** A bucket for each key that is known: full of {@code burst} requests, refilled every moment. */
@Component
final class RateLimits {

  private final long perSecond;
  private final long burst;
  private final ConcurrentHashMap<String, Bucket> buckets = new ConcurrentHashMap<>();

  RateLimits(WebSettings settings) {
    this.perSecond = settings.requestsPerSecond();
    this.burst = settings.requestsBurst();
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
