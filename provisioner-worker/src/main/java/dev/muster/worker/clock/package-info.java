/** What time it is, by the one clock that deadlines are judged by. */
@NullMarked
package dev.muster.worker.clock;

import org.jspecify.annotations.NullMarked;
