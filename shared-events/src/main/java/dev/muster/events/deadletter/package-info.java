@NullMarked
package dev.muster.events.deadletter;

import org.jspecify.annotations.NullMarked;
