package dev.muster.events.audit;

import dev.muster.events.envelope.RecordedEvent;
import dev.muster.events.tlog.MerkleHash;

/** An event in the audit log; its position is the index of its leaf. */
public record SealedEvent(RecordedEvent event, Salts salts) {

  /** What the log has of it, to the byte; under 64 KiB. */
  public byte[] entry() {
    return Entry.of(event, salts);
  }

  public byte[] leafHash() {
    return MerkleHash.leaf(entry());
  }
}
