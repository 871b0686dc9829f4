@NullMarked
package dev.muster.events.access;

import org.jspecify.annotations.NullMarked;
