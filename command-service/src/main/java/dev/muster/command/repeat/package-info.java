/** Calls that are made again under the same key, and what becomes of them. */
@NullMarked
package dev.muster.command.repeat;

import org.jspecify.annotations.NullMarked;
