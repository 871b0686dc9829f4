@NullMarked
package dev.muster.events.envelope;

import org.jspecify.annotations.NullMarked;
