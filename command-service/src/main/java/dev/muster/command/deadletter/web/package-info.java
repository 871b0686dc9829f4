/** The calls that put dead letters back, or drop them. */
@NullMarked
package dev.muster.command.deadletter.web;

import org.jspecify.annotations.NullMarked;
