package dev.muster.worker.placement;

import dev.muster.worker.host.Host;

/** Where an instance goes. */
public sealed interface PlacementResult {

  record At(Host host) implements PlacementResult {}

  /** No host can take it; the reason is for the user to read. */
  record Nowhere(String reason) implements PlacementResult {}
}
