/** Threads that read topics, and small topics held in memory. */
@NullMarked
package dev.muster.query.topic;

import org.jspecify.annotations.NullMarked;
