package dev.muster.ops.server;

import java.util.Map;

/** Says what a service still lacks. Must answer at once. */
@FunctionalInterface
public interface ReadinessSource {

  /** By part: what is missing, in a few words. Empty when the service is ready. */
  Map<String, String> missing();
}
