package dev.muster.query.live;

/** Where a stream gets its events from. */
record Sources(RecentEvents recent, PastEvents past, Turns turns) {}
