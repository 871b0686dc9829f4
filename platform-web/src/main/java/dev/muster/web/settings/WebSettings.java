package dev.muster.web.settings;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;

/**
 * {@code muster.…} of every HTTP service.
 *
 * @param requestsPerSecond how many one key may make on average, 0 for any number
 * @param requestsBurst how many one key may make at once after a rest
 */
public record WebSettings(
    @DefaultValue("1000") long requestsPerSecond,
    @DefaultValue("2000") long requestsBurst,
    @DefaultValue Http http) {

  private static final long MOST = 1_000_000;

  /**
   * {@code muster.http.…}.
   *
   * @param requestTime how long the head of a request may take to arrive, and its body
   * @param trustedProxies networks, such as {@code 10.0.0.0/8}, of proxies that say in {@code
   *     Forwarded} or {@code X-Forwarded-For} where a request came from
   */
  public record Http(
      @DefaultValue("30s") Duration requestTime, @DefaultValue List<String> trustedProxies) {

    public Http {
      if (requestTime.compareTo(Duration.ofMillis(100)) < 0
          || requestTime.compareTo(Duration.ofHours(1)) > 0) {
        throw new IllegalArgumentException(
            "muster.http.request-time is %s; it takes 100ms..1h".formatted(requestTime));
      }
      trustedProxies = List.copyOf(trustedProxies);
    }
  }

  public WebSettings {
    if (requestsPerSecond < 0 || requestsPerSecond > MOST) {
      throw new IllegalArgumentException(
          "muster.requests-per-second is %d; it takes 0 (no limit) to %d"
              .formatted(requestsPerSecond, MOST));
    }
    if (requestsBurst < 1 || requestsBurst > MOST) {
      throw new IllegalArgumentException(
          "muster.requests-burst is %d; it takes 1 to %d".formatted(requestsBurst, MOST));
    }
  }

  /**
   * @throws BindException when a value is senseless; its innermost cause says which
   */
  public static WebSettings read(Environment environment) {
    return Binder.get(environment).bindOrCreate("muster", WebSettings.class);
  }
}
