package dev.muster.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A call that ended well, and so must be one that the contract allows: callers go by it.
 *
 * @param operation where the document has it
 */
record TakenCall(ContractFile file, String operation) {

  Optional<String> fault(String query, String body) {
    return Arrays.stream(query.split("&"))
        .filter(parameter -> !parameter.isEmpty())
        .flatMap(parameter -> faultOf(parameter).stream())
        .findFirst()
        .or(() -> faultOfBody(body));
  }

  private Optional<String> faultOf(String parameter) {
    var words = parameter.split("=", 2);
    for (int i = 0; i < file.at(operation + "/parameters").size(); i++) {
      var pointer = file.resolved(operation + "/parameters/" + i);
      var described = file.at(pointer);
      if (described.get("in").asString().equals("query")
          && described.get("name").asString().equals(words[0])) {
        var text = URLDecoder.decode(words.length == 2 ? words[1] : "", UTF_8);
        return file.fault(pointer + "/schema", value(text, described.at("/schema/type").asString()))
            .map(fault -> "parameter %s was taken: %s".formatted(parameter, fault));
      }
    }
    return Optional.of("there is no parameter %s".formatted(words[0]));
  }

  private Optional<String> faultOfBody(String body) {
    var schema = operation + "/requestBody/content/application~1json/schema";
    return body.isEmpty() || !file.has(schema)
        ? Optional.empty()
        : file.fault(schema, Api.JSON.readTree(body))
            .map(fault -> "the body was taken: %s".formatted(fault));
  }

  private static JsonNode value(String text, String type) {
    var nodes = Api.JSON.getNodeFactory();
    if (type.equals("integer") && text.matches("-?\\d{1,18}")) {
      return nodes.numberNode(Long.parseLong(text));
    }
    return type.equals("boolean") && text.matches("true|false")
        ? nodes.booleanNode(text.equals("true"))
        : nodes.stringNode(text);
  }
}
