/** What operators ask of the platform itself. */
@NullMarked
package dev.muster.events.operator;

import org.jspecify.annotations.NullMarked;
