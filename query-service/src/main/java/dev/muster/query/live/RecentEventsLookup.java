package dev.muster.query.live;

import java.util.List;

/** What {@link RecentEvents} have for somebody who wants the events from a position on. */
sealed interface RecentEventsLookup {

  /** The next ones, one at least. */
  record Events(List<LiveEvent> next) implements RecentEventsLookup {}

  /** Nothing has come so far. */
  record Nothing() implements RecentEventsLookup {}

  /** It is too long ago. */
  record Older() implements RecentEventsLookup {}

  /** The order that was followed is no more: the topic was made anew. */
  record Over() implements RecentEventsLookup {}
}
