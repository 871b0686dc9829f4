package dev.muster.command.eventstore;

/** Hears of what this replica has stored. */
public interface AppendListener {

  /** The instance has that many events now; all of them are durable. */
  void appended(String instanceId, long sequence);
}
