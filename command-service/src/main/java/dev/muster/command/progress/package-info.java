/** How far the read side has come, and who waits for it. */
@NullMarked
package dev.muster.command.progress;

import org.jspecify.annotations.NullMarked;
