package dev.muster.query.live;

import java.util.List;

/** What {@link RecentEvents} have for somebody who wants the events from a position on. */
sealed interface Look {

  /** The next ones, one at least. */
  record Events(List<LiveEvent> next) implements Look {}

  /** Nothing has come so far. */
  record Nothing() implements Look {}

  /** It is too long ago. */
  record Older() implements Look {}

  /** The order that was followed is no more: the topic was made anew. */
  record Over() implements Look {}
}
