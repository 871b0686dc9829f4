/** Kafka topics: made when missing, and read from their beginning. */
@NullMarked
package dev.muster.command.topic;

import org.jspecify.annotations.NullMarked;
