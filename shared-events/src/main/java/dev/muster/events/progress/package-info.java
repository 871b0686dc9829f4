@NullMarked
package dev.muster.events.progress;

import org.jspecify.annotations.NullMarked;
