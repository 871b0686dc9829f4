@NullMarked
package dev.muster.events.health;

import org.jspecify.annotations.NullMarked;
