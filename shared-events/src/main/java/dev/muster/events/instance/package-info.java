@NullMarked
package dev.muster.events.instance;

import org.jspecify.annotations.NullMarked;
