package dev.muster.cli.output;

import dev.muster.cli.Exit;
import dev.muster.cli.Failure;

/** In which form an answer is shown; as {@code -o} takes it. */
sealed interface OutputFormat {

  String FORMS = "table, wide, json, yaml, name, jsonpath=EXPRESSION";

  record InTable(boolean wide) implements OutputFormat {}

  record Json() implements OutputFormat {}

  record Yaml() implements OutputFormat {}

  record Name() implements OutputFormat {}

  record JsonPath(String expression) implements OutputFormat {}

  static OutputFormat of(String text) {
    return switch (text) {
      case "table" -> new InTable(false);
      case "wide" -> new InTable(true);
      case "json" -> new Json();
      case "yaml" -> new Yaml();
      case "name" -> new Name();
      default -> {
        if (text.startsWith("jsonpath=")) {
          yield new JsonPath(text.substring("jsonpath=".length()));
        }
        throw new Failure(
            Exit.USAGE, "there is no output format '%s'".formatted(text), "Formats: " + FORMS);
      }
    };
  }
}
