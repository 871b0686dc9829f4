package dev.muster.cli.proof;

import org.jspecify.annotations.Nullable;

/**
 * An event as the search gives it, with what its entry is made of. Null is what is not there.
 *
 * @param data its canonical JSON, or the JSON as it stands where that has no canonical form
 * @param salts of the actor's name, the source address and the data
 */
@SuppressWarnings("ArrayRecordComponent") // only ever hashed
record AuditRow(
    long leafIndex,
    String eventId,
    String subject,
    long sequence,
    String type,
    long revision,
    String occurredAt,
    String actorId,
    @Nullable String actorName,
    String requestId,
    @Nullable String causation,
    @Nullable String traceparent,
    @Nullable String sourceIp,
    byte @Nullable [] data,
    RowSalts salts) {

  /** Null where a salt was deleted. */
  @SuppressWarnings("ArrayRecordComponent")
  record RowSalts(
      byte @Nullable [] actorName, byte @Nullable [] sourceIp, byte @Nullable [] data) {}

  /** For people: which event it is. */
  String named() {
    return "%s, %s of %s".formatted(eventId, type, subject);
  }
}
