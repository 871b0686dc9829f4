package dev.muster.events.envelope;

/**
 * An event in its wire and storage form.
 *
 * @param type logical name, such as {@code InstanceStarted}; never a class name
 * @param revision of that type's JSON, from 1
 * @param data the JSON, UTF-8
 */
// Bytes, because what is stored, sent and hashed must be the same bytes; nothing compares two.
@SuppressWarnings("ArrayRecordComponent")
public record EncodedEvent(String type, int revision, byte[] data) {}
