/** Where the features count. */
@NullMarked
package dev.muster.command.metrics;

import org.jspecify.annotations.NullMarked;
