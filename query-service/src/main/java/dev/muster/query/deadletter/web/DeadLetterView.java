package dev.muster.query.deadletter.web;

import dev.muster.events.deadletter.DeadLetter;
import dev.muster.events.view.Rfc3339;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record that could not be handled.
 *
 * @param reader who could not handle it
 * @param key of the record, or null
 * @param value of the record, base64
 * @param reason why it could not be handled
 * @param tries how often it was tried
 * @param at RFC 3339, of the newest try
 */
record DeadLetterView(
    String id,
    String reader,
    String topic,
    int partition,
    long offset,
    @Nullable String key,
    Map<String, String> headers,
    @Nullable String value,
    String reason,
    int tries,
    @Schema(format = "date-time") String at) {

  static DeadLetterView of(DeadLetter letter) {
    return new DeadLetterView(
        letter.id(),
        letter.reader(),
        letter.topic(),
        letter.partition(),
        letter.offset(),
        letter.key(),
        letter.headers(),
        letter.value(),
        letter.reason(),
        letter.tries(),
        Rfc3339.of(letter.at()));
  }
}
