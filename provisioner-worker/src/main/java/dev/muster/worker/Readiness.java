package dev.muster.worker;

import java.util.Optional;

/** Whether a part of this process does its work; for whoever serves a health check. */
public interface Readiness {

  /** Short name of the part, such as {@code worker}. */
  String part();

  /** What is still missing, in words, or empty when the part is ready. */
  Optional<String> missing();
}
