@NullMarked
package dev.muster.events.worker;

import org.jspecify.annotations.NullMarked;
