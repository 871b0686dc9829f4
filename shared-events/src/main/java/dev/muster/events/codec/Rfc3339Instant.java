package dev.muster.events.codec;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/** Reads RFC 3339 and nothing else; Jackson's own would take numbers too, and guess the unit. */
final class Rfc3339Instant extends StdScalarDeserializer<Instant> {

  Rfc3339Instant() {
    super(Instant.class);
  }

  @Override
  public Instant deserialize(JsonParser parser, DeserializationContext context) {
    if (!parser.hasToken(JsonToken.VALUE_STRING)) {
      return (Instant) context.handleUnexpectedToken(Instant.class, parser);
    }
    try {
      return Instant.parse(parser.getString());
    } catch (DateTimeParseException e) {
      return (Instant)
          context.handleWeirdStringValue(Instant.class, parser.getString(), "not RFC 3339");
    }
  }
}
