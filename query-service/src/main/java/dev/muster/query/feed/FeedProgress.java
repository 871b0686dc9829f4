package dev.muster.query.feed;

/** Those who are told how far a feed has come. */
record FeedProgress(InitialLoad catchUp, FeedLag lag, FeedMeters meters) {}
