@NullMarked
package dev.muster.worker.placement;

import org.jspecify.annotations.NullMarked;
