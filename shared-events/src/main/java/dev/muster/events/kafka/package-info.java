@NullMarked
package dev.muster.events.kafka;

import org.jspecify.annotations.NullMarked;
