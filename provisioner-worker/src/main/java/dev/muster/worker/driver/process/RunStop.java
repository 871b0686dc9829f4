package dev.muster.worker.driver.process;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stop of a run, which another worker may have begun: the main process is asked once, and the
 * time that it has counts from then.
 *
 * @param run empty when there is nobody to ask
 * @param asked whether it was asked before
 * @param left of the time that it has; may be over
 */
record RunStop(Optional<RunFolder> run, boolean asked, Duration left) {

  private static final Logger log = LoggerFactory.getLogger(RunStop.class);

  /**
   * @param timeout that it has from the first signal on
   */
  static RunStop of(Optional<RunFolder> run, Duration timeout) throws IOException {
    var asked = run.isPresent() ? run.get().askedToStop() : Optional.<Instant>empty();
    var gone = asked.map(at -> Duration.between(at, Instant.now())).orElse(Duration.ZERO);
    return new RunStop(run, asked.isPresent(), gone.isNegative() ? timeout : timeout.minus(gone));
  }

  /** The main process has been asked first. A full disk does not keep it from ending. */
  void begun() {
    try {
      if (run.isPresent()) {
        run.get().noteAskedToStop();
      }
    } catch (IOException e) {
      log.debug("the begin of a stop cannot be noted cause={}", String.valueOf(e));
    }
  }
}
