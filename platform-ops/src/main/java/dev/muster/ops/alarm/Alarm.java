package dev.muster.ops.alarm;

import java.util.Optional;

/** Something that does not keep a process from its work, and that somebody must look at. */
public interface Alarm {

  /** What operators call it, such as {@code refused records}. */
  String part();

  /** What is the matter, in a line; empty while nothing is. Must answer at once. */
  Optional<String> raised();
}
