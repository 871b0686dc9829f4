package dev.muster.events.worker;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker says of itself every few seconds. A worker that leaves in good order takes its
 * report back (a tombstone); one that dies stops reporting.
 *
 * @param name of the worker; no two live ones may have the same
 * @param incarnation tells one process of that name from the next
 * @param version of the software
 * @param regions it takes tasks of
 * @param partitions of {@code instance-events} it holds, over all its regions
 * @param tasksInHand taken and not yet reported on
 * @param lagEvents events of its partitions that it has not finished
 * @param lagSeconds age of the oldest of them, 0 when there is none
 * @param draining it finishes what it has and takes nothing new
 * @param shell where it lets callers into its instances, or null when it does not
 * @param at when it said so, by the broker's clock as far as it knows that
 * @param clockSkewMs by how much its own clock is ahead of the broker's, in milliseconds; null when
 *     it does not know
 */
public record WorkerReport(
    String name,
    String incarnation,
    String version,
    List<String> regions,
    int partitions,
    int tasksInHand,
    long lagEvents,
    double lagSeconds,
    boolean draining,
    @Nullable ShellAddress shell,
    Instant startedAt,
    Instant at,
    @Nullable Long clockSkewMs) {

  public WorkerReport {
    regions = List.copyOf(regions);
  }
}
