@NullMarked
package dev.muster.worker.host;

import org.jspecify.annotations.NullMarked;
