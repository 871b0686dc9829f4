package dev.muster.events.kafka;

import java.util.List;

/** Topics are there that this platform cannot work with. Waiting does not help. */
public final class UnsuitableTopicsException extends RuntimeException {

  /**
   * @param problems each says what is wrong with a topic, and what to do about it
   */
  UnsuitableTopicsException(List<String> problems) {
    super(String.join("; ", problems));
  }
}
