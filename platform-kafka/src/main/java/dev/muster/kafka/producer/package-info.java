/** Producers, and where their records go. */
@NullMarked
package dev.muster.kafka.producer;

import org.jspecify.annotations.NullMarked;
