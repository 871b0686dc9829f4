/**
 * The events of all instances in their one order, for callers who follow them: recent ones from
 * memory, older ones from the topic.
 *
 * <p>A stream's next event is given by its position in the event store, from 0. Callers see
 * positions from 1: the number of a caller's last event is also the position of its next one.
 */
@NullMarked
package dev.muster.query.live;

import org.jspecify.annotations.NullMarked;
