package dev.muster.events.codec;

import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lifts the JSON of one event type from revision {@code from} to {@code from + 1}. Old events are
 * never rewritten; they are lifted each time they are read.
 */
public record Upcaster(String type, int from, UnaryOperator<ObjectNode> lift) {}
