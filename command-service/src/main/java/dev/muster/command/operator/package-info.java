/** Records what operators ask of the platform itself, before it is done. */
@NullMarked
package dev.muster.command.operator;

import org.jspecify.annotations.NullMarked;
