package dev.muster.kafka.group;

/** What has to be done about a record. */
public interface RecordTask {

  /** Tasks of one key are done one after another, in the order of their records. */
  String key();

  /** It waits for an earlier one of its key. Called by the polling thread. */
  default void waits() {}

  /**
   * Returns when the record need not come again, however long that takes.
   *
   * @throws RuntimeException when it must; the member leaves its group with it
   */
  void run() throws InterruptedException;
}
