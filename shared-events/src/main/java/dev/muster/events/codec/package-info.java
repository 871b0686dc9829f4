@NullMarked
package dev.muster.events.codec;

import org.jspecify.annotations.NullMarked;
