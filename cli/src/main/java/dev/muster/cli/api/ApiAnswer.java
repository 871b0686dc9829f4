package dev.muster.cli.api;

import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import dev.muster.cli.output.JsonText;
import java.net.http.HttpHeaders;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What a server answered. */
public record ApiAnswer(int status, HttpHeaders headers, String body) {

  public JsonNode json() {
    try {
      var json = JsonText.MAPPER.readTree(body);
      if (json.isObject() || json.isArray()) {
        return json;
      }
    } catch (JacksonException e) {
      // Said below, like any other answer that Muster does not give.
    }
    throw ofAnother("the answer is no JSON");
  }

  /** That somebody else has answered. */
  static Failure ofAnother(String what) {
    return new Failure(
        Exit.FAILED,
        what + "; is this address a Muster server?",
        "See where commands go: muster context list");
  }

  public Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  boolean isSuccess() {
    return status / 100 == 2;
  }

  /** Path and query of the next page. */
  Optional<String> nextPage() {
    return header("Link")
        .filter(link -> link.contains("rel=\"next\""))
        .map(link -> link.substring(link.indexOf('<') + 1, link.indexOf('>')));
  }
}
