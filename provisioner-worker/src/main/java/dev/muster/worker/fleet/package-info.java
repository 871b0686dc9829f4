@NullMarked
package dev.muster.worker.fleet;

import org.jspecify.annotations.NullMarked;
