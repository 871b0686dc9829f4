/** What could not be handled, by whichever reader: told to the platform, and held for callers. */
@NullMarked
package dev.muster.query.deadletter;

import org.jspecify.annotations.NullMarked;
