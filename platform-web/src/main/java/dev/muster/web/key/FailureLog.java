package dev.muster.web.key;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down who presents keys that do not open: of each address the first failure at once, and
 * then how many there were, once a minute. Addresses beyond the first few of a minute are counted
 * together, so that nobody can push older lines out of the log.
 */
final class FailureLog {

  private static final Logger log = LoggerFactory.getLogger(FailureLog.class);
  private static final int NAMED_AT_MOST = 30;

  private final Executor inAMinute;
  private final Map<Failure, Long> counts = new LinkedHashMap<>();
  private long ofOthers;
  private boolean isDue;

  FailureLog(Executor inAMinute) {
    this.inAMinute = inAMinute;
  }

  /**
   * @param network an address, or a network that one customer has
   * @param reason one of few
   */
  private record Failure(String network, String reason) {

    void write(long count) {
      log.info(
          "authentication_failed reason=\"{}\" source_ip={} failures={}", reason, network, count);
    }
  }

  synchronized void add(String network, String reason) {
    var failure = new Failure(network, reason);
    if (counts.containsKey(failure)) {
      counts.merge(failure, 1L, Long::sum);
    } else if (counts.size() < NAMED_AT_MOST) {
      failure.write(1);
      counts.put(failure, 0L);
    } else {
      ofOthers++;
    }
    writeLater();
  }

  private void writeLater() {
    if (!isDue) {
      isDue = true;
      inAMinute.execute(this::writeCounts);
    }
  }

  private synchronized void writeCounts() {
    isDue = false;
    counts.values().removeIf(count -> count == 0);
    counts.forEach(Failure::write);
    counts.replaceAll((_, _) -> 0L);
    if (ofOthers > 0) {
      log.info("authentication_failed source_ip=others failures={}", ofOthers);
      ofOthers = 0;
    }
    if (!counts.isEmpty()) {
      writeLater();
    }
  }
}
