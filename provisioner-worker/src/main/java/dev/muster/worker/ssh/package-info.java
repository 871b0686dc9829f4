/** Lets callers with a ticket into instances, by SSH. */
@NullMarked
package dev.muster.worker.ssh;

import org.jspecify.annotations.NullMarked;
