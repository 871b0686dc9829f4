package dev.muster.web.body;

import dev.muster.web.problem.ProblemException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The fields of a body, and all that is wrong with them, to be said at once. */
public final class BodyFields {

  private final JsonNode body;
  private final ValidationErrors errors = new ValidationErrors();

  private BodyFields(JsonNode body) {
    this.body = body;
  }

  /**
   * @param body null when there is none, which is as good as one without a field
   * @param known the fields that there may be; any other is a mistake
   * @throws ProblemException when it is no object
   */
  public static BodyFields of(@Nullable JsonNode body, Set<String> known) {
    var fields = new BodyFields(body == null ? JsonNodeFactory.instance.objectNode() : body);
    if (!fields.body.isObject()) {
      fields.mistake("", "a JSON object is needed here");
      throw fields.errors.problem();
    }
    for (var field : fields.body.propertyNames()) {
      if (!known.contains(field)) {
        fields.mistake(
            ValidationErrors.pointer(field), "there is no field '%s' here".formatted(field));
      }
    }
    return fields;
  }

  /** The value of a field, or null when it is not there or {@code null}. */
  public @Nullable JsonNode given(String field) {
    var value = body.get(field);
    return value == null || value.isNull() ? null : value;
  }

  /** One line of text, or null; see {@link TextLine}. */
  public @Nullable String line(String field, int longest) {
    var value = given(field);
    return value == null ? null : TextLine.read(errors, "/" + field, value, longest);
  }

  /**
   * A whole number within bounds, or null. {@code 16.0} is one, as it is to JSON Schema.
   *
   * @see <a
   *     href="https://json-schema.org/draft/2020-12/json-schema-core#section-4.2.3">Mathematical
   *     integers</a>
   */
  public @Nullable Long whole(String field, long least, long most) {
    var value = given(field);
    if (value == null) {
      return null;
    }
    var number = numberOf(value);
    if (number != Math.rint(number)) {
      mistake("/" + field, "a whole number is needed here");
    } else if (number < least || number > most) {
      mistake("/" + field, "it takes %d to %d".formatted(least, most));
    } else {
      return (long) number;
    }
    return null;
  }

  /** What is no number is not a whole one either; one beyond a long is beyond all bounds. */
  private static double numberOf(JsonNode value) {
    if (!value.isNumber()) {
      return Double.NaN;
    }
    return value.isBigInteger() ? Double.POSITIVE_INFINITY : value.doubleValue();
  }

  public void mistake(String pointer, String detail) {
    errors.add(pointer, detail);
  }

  /**
   * What was read, if nothing is wrong.
   *
   * @throws ProblemException that names every mistake by its JSON pointer
   */
  public <T> T complete(T read) {
    if (errors.any()) {
      throw errors.problem();
    }
    return read;
  }
}
