/** The events in PostgreSQL: one order for all of them, numbered without gaps as they commit. */
@NullMarked
package dev.muster.command.eventstore;

import org.jspecify.annotations.NullMarked;
