/** Threads that do one job for as long as a service runs, and what is told of them. */
@NullMarked
package dev.muster.ops.job;

import org.jspecify.annotations.NullMarked;
