package dev.muster.worker.fleet;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * This process among all that went, go and will go by the same name.
 *
 * @param id no other has it; begins with its {@link ProcessLocation}
 * @param version of the software, {@code dev} when it was not built as a jar
 */
public record Incarnation(String name, String id, String version, Instant startedAt) {

  public static Incarnation now(String name) {
    var version = Incarnation.class.getPackage().getImplementationVersion();
    return new Incarnation(
        name,
        ProcessLocation.own() + "/" + UUID.randomUUID(),
        Optional.ofNullable(version).orElse("dev"),
        Instant.now().truncatedTo(ChronoUnit.MICROS));
  }
}
