package dev.muster.cli.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads server-sent events, as the HTML standard has them. */
final class EventReader {

  private final BufferedReader lines;
  private String lastId;

  EventReader(InputStream body, String lastId) {
    this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    this.lastId = lastId;
  }

  /** Of the last event that came whole; an event without data counts, too. */
  String lastId() {
    return lastId;
  }

  /** The next event, be it without data; nothing at the end of the stream. */
  Optional<SentEvent> next() throws IOException {
    var id = lastId;
    var name = "message";
    var data = new StringBuilder();
    boolean anything = false;
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty()) {
        if (!anything) {
          continue;
        }
        lastId = id;
        return Optional.of(new SentEvent(id, name, data.toString()));
      }
      int colon = line.indexOf(':');
      var field = colon < 0 ? line : line.substring(0, colon);
      var value = colon < 0 ? "" : line.substring(colon + 1);
      value = value.startsWith(" ") ? value.substring(1) : value;
      anything = true;
      switch (field) {
        case "id" -> id = value;
        case "event" -> name = value;
        case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
        default -> {
          // Comments, such as heartbeats, and fields to come.
        }
      }
    }
    return Optional.empty();
  }
}
