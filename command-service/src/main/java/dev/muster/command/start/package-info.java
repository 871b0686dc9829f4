/** What must be right before the service can start, and how it says what is not. */
@NullMarked
package dev.muster.command.start;

import org.jspecify.annotations.NullMarked;
