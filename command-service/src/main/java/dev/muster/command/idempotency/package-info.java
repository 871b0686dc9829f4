/** Calls that are made again under the same key, and what becomes of them. */
@NullMarked
package dev.muster.command.idempotency;

import org.jspecify.annotations.NullMarked;
