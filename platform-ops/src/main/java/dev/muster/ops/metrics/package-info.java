@NullMarked
package dev.muster.ops.metrics;

import org.jspecify.annotations.NullMarked;
