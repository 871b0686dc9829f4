/** How long the tests wait. */
@NullMarked
package dev.muster.events.waits;

import org.jspecify.annotations.NullMarked;
