@NullMarked
package dev.muster.events.log;

import org.jspecify.annotations.NullMarked;
