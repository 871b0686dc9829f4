/** Calls that are answered when something has changed. */
@NullMarked
package dev.muster.web.waiting;

import org.jspecify.annotations.NullMarked;
