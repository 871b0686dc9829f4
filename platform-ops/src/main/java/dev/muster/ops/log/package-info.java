/** How log records are written, so that what somebody sent cannot pass for one. */
@NullMarked
package dev.muster.ops.log;

import org.jspecify.annotations.NullMarked;
