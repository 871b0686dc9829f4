/** The write side: commands in, events out. */
@NullMarked
package dev.muster.command;

import org.jspecify.annotations.NullMarked;
