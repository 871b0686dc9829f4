/** Readers of the global order of events, and the one that publishes it to Kafka. */
@NullMarked
package dev.muster.command.publish;

import org.jspecify.annotations.NullMarked;
