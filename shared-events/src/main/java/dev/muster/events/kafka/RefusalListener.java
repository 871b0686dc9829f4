package dev.muster.events.kafka;

/** Told of each record that was left out because the platform did not write it. */
@FunctionalInterface
public interface RefusalListener {

  /**
   * @param why in a few words, without anything that the record says
   */
  void refused(String topic, int partition, long offset, String why);
}
