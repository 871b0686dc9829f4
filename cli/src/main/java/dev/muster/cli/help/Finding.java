package dev.muster.cli.help;

import dev.muster.cli.output.JsonText;
import tools.jackson.databind.JsonNode;

/**
 * What a look at one thing found.
 *
 * @param result ok, warning or failed
 * @param advice what to do about it, or empty
 */
record Finding(String check, String result, String found, String advice) {

  static Finding ok(String check, String found) {
    return new Finding(check, "ok", found, "");
  }

  static Finding warning(String check, String found, String advice) {
    return new Finding(check, "warning", found, advice);
  }

  static Finding failed(String check, String found, String advice) {
    return new Finding(check, "failed", found, advice);
  }

  JsonNode json() {
    return JsonText.MAPPER
        .createObjectNode()
        .put("check", check)
        .put("result", result)
        .put("found", found)
        .put("advice", advice);
  }
}
