package dev.muster.command.eventstore;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Events of one command that wait to be written: all of them or none. */
record Append(List<NewEvent> events, CompletableFuture<Void> durable) {

  private static final int EVENT = 1_000;

  Append(List<NewEvent> events) {
    this(List.copyOf(events), new CompletableFuture<>());
  }

  /** About how many bytes of memory it takes. */
  int weight() {
    return events.stream().mapToInt(event -> EVENT + event.encoded().data().length).sum();
  }

  /** Whether its caller has given up waiting. */
  boolean abandoned() {
    return durable.isDone();
  }
}
