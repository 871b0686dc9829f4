/** Jobs that run for as long as the service does, and how they bear what fails. */
@NullMarked
package dev.muster.command.background;

import org.jspecify.annotations.NullMarked;
