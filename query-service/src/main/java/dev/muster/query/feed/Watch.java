package dev.muster.query.feed;

/** Those who are told how far a feed has come. */
record Watch(CatchUp catchUp, Lag lag, FeedMeters meters) {}
