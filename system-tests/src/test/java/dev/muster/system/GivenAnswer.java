package dev.muster.system;

import java.util.Optional;

/**
 * An answer beside what the contract says of it.
 *
 * @param response where the document has its status
 */
record GivenAnswer(ContractFile file, String response, Api.Answer answer) {

  /**
   * @param toHead whether it has no body for that reason
   */
  Optional<String> fault(boolean toHead) {
    return file.at(response + "/headers").propertyNames().stream()
        .flatMap(header -> faultOfHeader(header).stream())
        .findFirst()
        .or(() -> toHead || !file.has(response + "/content") ? emptyBody() : body());
  }

  private Optional<String> faultOfHeader(String name) {
    var pointer = file.resolved(response + "/headers/" + name);
    var given = answer.headers().firstValue(name);
    if (given.isEmpty()) {
      return file.at(pointer + "/required").asBoolean(false)
          ? Optional.of("the header %s is missing".formatted(name))
          : Optional.empty();
    }
    return file.fault(pointer + "/schema", Api.JSON.getNodeFactory().stringNode(given.get()))
        .map(fault -> "header %s: %s".formatted(name, fault));
  }

  private Optional<String> emptyBody() {
    return answer.body().isEmpty() ? Optional.empty() : Optional.of("a body where none belongs");
  }

  private Optional<String> body() {
    var mediaType = answer.header("Content-Type").split(";", 2)[0];
    if (!file.at(response + "/content").has(mediaType)) {
      return Optional.of("the media type '%s'".formatted(mediaType));
    }
    var schema = response + "/content/" + ContractFile.escaped(mediaType) + "/schema";
    return mediaType.equals("application/json") || mediaType.endsWith("+json")
        ? file.fault(schema, answer.json()).map(fault -> fault + " in " + answer.body())
        : Optional.empty();
  }
}
