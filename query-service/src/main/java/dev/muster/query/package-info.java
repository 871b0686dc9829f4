/** The read side: projections of the events, and every GET. */
@NullMarked
package dev.muster.query;

import org.jspecify.annotations.NullMarked;
