package dev.muster.cli.api;

/** A server-sent event; without a name it is a {@code message}. */
public record SentEvent(String id, String name, String data) {}
