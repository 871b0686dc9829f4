/**
 * Whether a process can keep its promises, what it lacks when it cannot, and how it waits for that.
 */
@NullMarked
package dev.muster.ops.ready;

import org.jspecify.annotations.NullMarked;
