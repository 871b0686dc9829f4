@NullMarked
package dev.muster.worker.inbox;

import org.jspecify.annotations.NullMarked;
