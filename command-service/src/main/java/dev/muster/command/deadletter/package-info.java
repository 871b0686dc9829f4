/** What could not be handled, kept until a person puts it back or drops it. */
@NullMarked
package dev.muster.command.deadletter;

import org.jspecify.annotations.NullMarked;
