package dev.muster.query.logs;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * Which lines are wanted.
 *
 * @param tail how many of the newest, where {@code after} does not say
 * @param since only those that were taken from their host then or later
 * @param after only those that come after the line with that end
 */
public record Span(int tail, Instant since, OptionalLong after) {}
