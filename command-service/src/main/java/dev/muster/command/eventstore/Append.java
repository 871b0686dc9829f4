package dev.muster.command.eventstore;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Events of one command that wait to be written: all of them or none. */
record Append(List<NewEvent> events, CompletableFuture<Void> durable) {

  Append(List<NewEvent> events) {
    this(List.copyOf(events), new CompletableFuture<>());
  }

  /** Whether its caller has given up waiting. */
  boolean abandoned() {
    return durable.isDone();
  }
}
