package dev.muster.web.key;

/** What is said to somebody who presents a key. */
sealed interface Admission {

  record Admitted(Holder holder) implements Admission {}

  /**
   * @param reason for operators; the caller learns no more than that the key does not open
   */
  record Refused(String reason) implements Admission {}

  /** The service has just begun and has not heard of every key yet. */
  record TooEarly() implements Admission {}
}
