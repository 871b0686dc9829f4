package dev.muster.query.sending;

import java.io.IOException;
import java.time.Duration;

/** The client takes so little that it is not waited for any longer. */
final class SlowReaderException extends IOException {

  SlowReaderException(Duration limit) {
    super("one event took longer than %d s".formatted(limit.toSeconds()));
  }
}
