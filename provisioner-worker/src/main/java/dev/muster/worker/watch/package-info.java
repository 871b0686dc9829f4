@NullMarked
package dev.muster.worker.watch;

import org.jspecify.annotations.NullMarked;
