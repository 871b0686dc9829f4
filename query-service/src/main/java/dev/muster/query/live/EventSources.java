package dev.muster.query.live;

/** Where a stream gets its events from. */
record EventSources(RecentEvents recent, PastEvents past, ReplayLimiter limiter) {}
