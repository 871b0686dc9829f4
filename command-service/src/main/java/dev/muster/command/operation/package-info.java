/** Waiting for what came of an operation. */
@NullMarked
package dev.muster.command.operation;

import org.jspecify.annotations.NullMarked;
