/** Operations that waited too long for their outcome. */
@NullMarked
package dev.muster.command.deadline;

import org.jspecify.annotations.NullMarked;
