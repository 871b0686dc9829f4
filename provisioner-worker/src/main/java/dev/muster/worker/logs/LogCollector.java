package dev.muster.worker.logs;

import dev.muster.events.log.LogChunk;
import dev.muster.worker.driver.HostFaultException;
import dev.muster.worker.driver.HostOutput;
import dev.muster.worker.driver.Output;
import dev.muster.worker.host.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what the instances of a host print. What was sent is marked on the host once the broker has
 * it: whoever dies in between sends it again, and nothing is left out. Each look takes a bounded
 * part of each instance, so that a loud one holds nobody up; what it prints beyond that is missing
 * once the host keeps no more of it, and a line says so. One look at a time.
 */
public final class LogCollector {

  private static final Logger log = LoggerFactory.getLogger(LogCollector.class);

  private static final long WHILE_SILENT = Duration.ofSeconds(1).toNanos();
  private static final int BYTES_OF_EACH = 512 << 10;
  private static final int COST_OF_EACH = 1 << 20;
  private static final int COST_OF_A_SENDING = 1 << 20;
  private static final int SENDINGS_OF_A_LOOK = 16;
  private static final int REPEATED_OF_EACH = 64 << 10;

  /** However many instances there are, a start is to take no longer. */
  private static final int REPEATED = 16 << 20;

  private final Host host;
  private final LogSender sender;
  private final LogCounter counter;
  private final PartialLines partial = new PartialLines();
  private boolean repeated;
  private volatile long next = System.nanoTime();

  public LogCollector(Host host, LogSender sender, LogCounter counter) {
    this.host = host;
    this.sender = sender;
    this.counter = counter;
  }

  /** Nanoseconds until there is a need to look again; 0 or less when there is one now. */
  public long dueIn() {
    return next - System.nanoTime();
  }

  /** Sends what has been printed; much of it takes several looks. */
  public void look() throws InterruptedException {
    boolean found = false;
    try {
      var output = host.driver().output();
      if (output.isPresent()) {
        repeated = repeated || repeat(output.get());
        found = collect(output.get());
      }
    } catch (HostFaultException e) {
      log.error("what instances print cannot be read, see to it host={}", host.name(), e);
    }
    next = System.nanoTime() + (found ? 0 : WHILE_SILENT);
  }

  /**
   * Sends once more what was sent last of each: a read store that was lost has only what the topic
   * has, and louder instances may have pushed that out. Readers leave out what they have.
   *
   * @return whether the broker has it
   */
  private boolean repeat(HostOutput from) throws InterruptedException {
    var chunks = new ArrayList<LogChunk>();
    int cost = 0;
    var printed = from.havePrinted();
    var share = Math.min(REPEATED_OF_EACH, REPEATED / Math.max(1, printed.size()));
    for (var instanceId : printed) {
      var output = from.takenBefore(instanceId, share);
      if (output.isPresent()) {
        var split = LineSplitter.of(output.get(), true, Instant.now(), COST_OF_EACH);
        chunks.addAll(LogChunkBuilder.of(output.get(), split));
        cost += split.taken() + LineSplitter.COST_OF_A_LINE * split.lines().size();
      }
      if (cost >= COST_OF_A_SENDING) {
        if (!sender.send(chunks)) {
          return false;
        }
        chunks.clear();
        cost = 0;
      }
    }
    return chunks.isEmpty() || sender.send(chunks);
  }

  /** Whether it is worth to look again soon. */
  private boolean collect(HostOutput from) throws InterruptedException {
    var printing = new ArrayList<>(from.printing());
    partial.retain(printing);
    // A look has an end; who is late in one may be early in the next.
    Collections.shuffle(printing);
    boolean found = false;
    int sendings = 0;
    var sending = new Sending();
    for (var instanceId : printing) {
      found |= take(from, instanceId, sending);
      if (sending.cost >= COST_OF_A_SENDING) {
        if (!send(from, sending) || ++sendings == SENDINGS_OF_A_LOOK) {
          return sendings > 0;
        }
        sending = new Sending();
      }
    }
    return send(from, sending) && found;
  }

  private boolean take(HostOutput from, String instanceId, Sending sending) {
    try {
      var output = from.untaken(instanceId, BYTES_OF_EACH);
      if (output.isEmpty()) {
        return false;
      }
      var split = split(output.get());
      sending.add(output.get(), split);
      // Part of a character may be all there is for long.
      return split.taken() > 0 || output.get().last() || !partial.isOld(output.get());
    } catch (HostFaultException e) {
      log.warn("what it prints cannot be read instance_id={} host={}", instanceId, host.name(), e);
      return false;
    }
  }

  private LineSplitter split(Output output) {
    var now = Instant.now();
    var split = LineSplitter.of(output, false, now, COST_OF_EACH);
    return split.lines().isEmpty() && split.hasRest(output) && partial.isOld(output)
        ? LineSplitter.of(output, true, now, COST_OF_EACH)
        : split;
  }

  private boolean send(HostOutput from, Sending sending) throws InterruptedException {
    if (sending.chunks.isEmpty()) {
      return true;
    }
    if (!sender.send(sending.chunks)) {
      return false;
    }
    for (var taken : sending.all) {
      from.taken(taken.output(), taken.split().taken());
      counter.collected(taken.split().taken());
      if (taken.output().missing() > 0) {
        counter.missing(taken.output().missing());
        log.warn(
            "an instance prints faster than it can be sent instance_id={} host={} missing_bytes={}",
            taken.output().instanceId(),
            host.name(),
            taken.output().missing());
      }
    }
    return true;
  }

  private record Taken(Output output, LineSplitter split) {}

  /** What goes to the broker together. */
  private static final class Sending {

    private final List<Taken> all = new ArrayList<>();
    private final List<LogChunk> chunks = new ArrayList<>();
    private long cost;

    void add(Output output, LineSplitter split) {
      var more = LogChunkBuilder.of(output, split);
      if (!more.isEmpty()) {
        chunks.addAll(more);
        all.add(new Taken(output, split));
        cost += split.taken() + (long) LineSplitter.COST_OF_A_LINE * split.lines().size();
      }
    }
  }
}
