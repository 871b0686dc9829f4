@NullMarked
package dev.muster.events.host;

import org.jspecify.annotations.NullMarked;
