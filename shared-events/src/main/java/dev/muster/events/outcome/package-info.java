@NullMarked
package dev.muster.events.outcome;

import org.jspecify.annotations.NullMarked;
