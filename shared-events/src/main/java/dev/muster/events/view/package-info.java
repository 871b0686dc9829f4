/** What the API shows: one shape, whichever service answers. */
@NullMarked
package dev.muster.events.view;

import org.jspecify.annotations.NullMarked;
