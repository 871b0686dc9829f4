/** Whether a process can keep its promises, and what it lacks when it cannot. */
@NullMarked
package dev.muster.ops.ready;

import org.jspecify.annotations.NullMarked;
