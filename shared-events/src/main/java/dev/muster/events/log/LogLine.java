package dev.muster.events.log;

import java.time.Instant;

/**
 * One line that an instance has printed.
 *
 * @param end how many bytes the instance had printed with the end of this line; grows from line to
 *     line, and so is the line's name
 * @param at when it was taken from the host
 * @param text without its line break; whatever else the instance printed, control characters too.
 *     Of a line over 16 KiB, or one that had no end yet, a piece
 */
public record LogLine(long end, Instant at, String text) {}
