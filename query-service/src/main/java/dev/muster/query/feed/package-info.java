/** The feeds of the read store, and where it keeps how far they are. */
@NullMarked
package dev.muster.query.feed;

import org.jspecify.annotations.NullMarked;
