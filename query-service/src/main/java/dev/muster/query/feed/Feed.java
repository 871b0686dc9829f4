package dev.muster.query.feed;

/**
 * Names of a feed.
 *
 * @param topic what it reads
 * @param group which feeds share the partitions
 * @param part what operators call it
 * @param positions collection of its positions
 */
public record Feed(String topic, String group, String part, String positions) {}
