package dev.muster.cli.output;

import static java.util.stream.Collectors.joining;

import java.time.Instant;
import java.util.Comparator;
import tools.jackson.databind.JsonNode;

/**
 * A column of a table.
 *
 * @param pointer which field of a row it shows, as a JSON pointer
 * @param wide whether it is shown only when asked for
 */
public record Column(String title, String pointer, Kind kind, boolean wide) {

  /** What a field is, and so how it is shown. */
  public enum Kind {
    TEXT,
    NUMBER,
    STATUS,
    AGE,
    LIST
  }

  private static final String NOTHING = "-";

  public static Column text(String title, String pointer) {
    return new Column(title, pointer, Kind.TEXT, false);
  }

  public static Column number(String title, String pointer) {
    return new Column(title, pointer, Kind.NUMBER, false);
  }

  public static Column status(String title, String pointer) {
    return new Column(title, pointer, Kind.STATUS, false);
  }

  public static Column age(String title, String pointer) {
    return new Column(title, pointer, Kind.AGE, false);
  }

  public static Column list(String title, String pointer) {
    return new Column(title, pointer, Kind.LIST, false);
  }

  /** The same, shown only when asked for. */
  public Column whenWide() {
    return new Column(title, pointer, kind, true);
  }

  String cell(JsonNode row, Instant now) {
    var value = row.at(pointer);
    if (value.isNull() || value.isMissingNode()) {
      return NOTHING;
    }
    return switch (kind) {
      case AGE -> Ages.time(value).map(time -> Ages.relative(time, now)).orElse(text(value));
      case LIST ->
          value.isEmpty() ? NOTHING : value.valueStream().map(Column::text).collect(joining(","));
      case TEXT, NUMBER, STATUS -> text(value);
    };
  }

  Comparator<JsonNode> order() {
    Comparator<JsonNode> byNumber = Comparator.comparingDouble(row -> row.at(pointer).asDouble(0));
    Comparator<JsonNode> byText = Comparator.comparing(row -> text(row.at(pointer)));
    return switch (kind) {
      case NUMBER -> byNumber;
      // The youngest is first, as an age is the smaller the later its time is.
      case AGE ->
          Comparator.comparing((JsonNode row) -> Ages.time(row.at(pointer)).orElse(Instant.EPOCH))
              .reversed();
      case TEXT, STATUS, LIST -> byText;
    };
  }

  private static String text(JsonNode value) {
    if (value.isContainer()) {
      return JsonText.line(value);
    }
    return PlainText.harmless(value.isMissingNode() || value.isNull() ? "" : value.asString());
  }
}
