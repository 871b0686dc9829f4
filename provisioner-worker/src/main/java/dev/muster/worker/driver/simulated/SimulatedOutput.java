package dev.muster.worker.driver.simulated;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.worker.driver.Output;
import java.util.Arrays;

/** What a simulated instance has printed and nobody has taken: the newest 64 KiB of it. */
final class SimulatedOutput {

  private static final int KEPT = 64 << 10;

  private byte[] kept = {};
  private long offset;
  private long missing;
  private boolean last;

  /**
   * @param offset how many bytes were taken before
   */
  SimulatedOutput(long offset) {
    this.offset = offset;
  }

  long offset() {
    return offset;
  }

  void print(String text) {
    var line = (text + "\n").getBytes(UTF_8);
    var all = Arrays.copyOf(kept, kept.length + line.length);
    System.arraycopy(line, 0, all, kept.length, line.length);
    var lost = Math.max(0, all.length - KEPT);
    kept = Arrays.copyOfRange(all, lost, all.length);
    offset += lost;
    missing += lost;
  }

  /** Nothing more will come. */
  void end() {
    last = true;
  }

  boolean isSilent() {
    return kept.length == 0 && !last;
  }

  boolean isOver() {
    return kept.length == 0 && last;
  }

  Output untaken(String instanceId, int atMost) {
    var bytes = Arrays.copyOf(kept, Math.min(atMost, kept.length));
    return new Output(instanceId, offset, missing, bytes, last && bytes.length == kept.length);
  }

  void taken(long upTo) {
    var count = (int) Math.clamp(upTo - offset, 0, kept.length);
    kept = Arrays.copyOfRange(kept, count, kept.length);
    offset += count;
    missing = 0;
  }
}
