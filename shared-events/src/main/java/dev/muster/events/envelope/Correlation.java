package dev.muster.events.envelope;

import org.jspecify.annotations.Nullable;

/**
 * Where an event came from; the same for every event of one command.
 *
 * @param requestId the HTTP request, or the outcome or deadline that took its place
 * @param sourceIp the caller's address, or null when no network call was behind it
 * @param causation id of the message that caused it, or null when a person did
 * @param traceparent W3C trace context, or null outside a trace
 */
public record Correlation(
    Actor actor,
    String requestId,
    @Nullable String sourceIp,
    @Nullable String causation,
    @Nullable String traceparent) {

  /** What the platform does on its own account, because of the message {@code causation}. */
  public static Correlation platform(String causation) {
    return new Correlation(Actor.PLATFORM, causation, null, causation, null);
  }
}
