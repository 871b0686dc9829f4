package dev.muster.kafka.projection;

/** Those who are told how far a feed has come. */
record FeedProgress(InitialLoad initialLoad, FeedLag lag, FeedMeters meters) {}
