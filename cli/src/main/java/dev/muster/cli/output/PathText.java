package dev.muster.cli.output;

import static java.util.stream.Collectors.joining;

import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a JSONPath expression finds in an answer: one line each, text without quotes. */
final class PathText {

  private PathText() {}

  /**
   * @param expression such as {@code $[0].name}, or as kubectl takes it: {@code {.name}}
   */
  static String of(JsonNode node, String expression) {
    try {
      Object found = compiled(expression).read(node.toString());
      return found instanceof Collection<?> several
          ? several.stream().map(PathText::text).collect(joining("\n"))
          : text(found);
    } catch (InvalidPathException e) {
      throw new Failure(
          Exit.FAILED,
          "jsonpath '%s' finds nothing: %s".formatted(expression, e.getMessage()),
          "The answer was: " + JsonText.line(node));
    }
  }

  /**
   * @throws Failure when it is no JSONPath
   */
  static JsonPath compiled(String expression) {
    var path = expression.strip();
    if (path.startsWith("{") && path.endsWith("}")) {
      path = path.substring(1, path.length() - 1);
    }
    path =
        path.startsWith("$")
            ? path
            : "$" + (path.startsWith(".") || path.startsWith("[") ? "" : ".") + path;
    try {
      return JsonPath.compile(path);
    } catch (InvalidPathException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new Failure(
          Exit.USAGE,
          "'%s' is no JSONPath".formatted(expression),
          "Such as: -o 'jsonpath=$[*].name' of a list, or -o jsonpath=$.status of one");
    }
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case String text -> PlainText.harmless(text);
      case Map<?, ?> map -> JsonText.line(JsonText.MAPPER.valueToTree(map));
      case Collection<?> list -> JsonText.line(JsonText.MAPPER.valueToTree(list));
      default -> value.toString();
    };
  }
}
