/** What workers report, turned into commands. */
@NullMarked
package dev.muster.command.outcome;

import org.jspecify.annotations.NullMarked;
