/** API keys: what can be done with them, and when not. */
@NullMarked
package dev.muster.command.access;

import org.jspecify.annotations.NullMarked;
