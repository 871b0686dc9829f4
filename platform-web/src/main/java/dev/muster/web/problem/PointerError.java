package dev.muster.web.problem;

/**
 * What is wrong at one place of a request body.
 *
 * @param pointer RFC 6901 JSON pointer; empty for the whole body
 */
public record PointerError(String pointer, String detail) {}
