@NullMarked
package dev.muster.worker.logs;

import org.jspecify.annotations.NullMarked;
