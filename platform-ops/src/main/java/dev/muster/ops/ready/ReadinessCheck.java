package dev.muster.ops.ready;

import java.util.Optional;

/** A part that must be up before the process can keep its promises. */
public interface ReadinessCheck {

  /** What operators call the part, such as {@code event store}. */
  String part();

  /** What is missing, in a few words; empty when the part is ready. Must answer at once. */
  Optional<String> missing();
}
