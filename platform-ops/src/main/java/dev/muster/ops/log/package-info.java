/**
 * How log records are written, so that what somebody sent can neither pass for one nor fill the
 * log.
 */
@NullMarked
package dev.muster.ops.log;

import org.jspecify.annotations.NullMarked;
