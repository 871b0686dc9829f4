package dev.muster.system;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The contract that callers are given, and whether calls and answers are as it says. */
final class Contract {

  /** The one that is built into the services. */
  static final Contract OF_THIS_BUILD = new Contract(ContractFile.ofThisBuild());

  /** No call that the document has is answered with it. */
  private static final int METHOD_NOT_ALLOWED = 405;

  private static final String PROBLEM = "/components/schemas/Problem";

  private final ContractFile file;
  private final ContractRoutes routes;
  private final Set<String> made = ConcurrentHashMap.newKeySet();

  private Contract(ContractFile file) {
    this.file = file;
    this.routes = new ContractRoutes(file);
  }

  /**
   * @param path with its query
   * @throws ContractViolation that says the call, the status and where it differs
   */
  void check(String method, String path, String body, Api.Answer answer) {
    var uri = URI.create(path);
    var operation = routes.find(method, uri.getPath());
    var fault =
        fault(operation, method, answer)
            .or(
                () ->
                    operation
                        .filter(_ -> answer.status() / 100 == 2)
                        .flatMap(
                            found ->
                                new TakenCall(file, found)
                                    .fault(
                                        Optional.ofNullable(uri.getRawQuery()).orElse(""), body)));
    if (fault.isPresent()) {
      var call = "%s %s, answered %d,".formatted(method, path, answer.status());
      throw new ContractViolation(call, fault.get());
    }
    operation.ifPresent(made::add);
  }

  private Optional<String> fault(Optional<String> operation, String method, Api.Answer answer) {
    if (operation.isEmpty() && answer.status() == METHOD_NOT_ALLOWED) {
      return file.fault(PROBLEM, answer.json());
    }
    return operation
        .map(found -> found + "/responses/" + answer.status())
        .or(() -> routes.withoutRoute(answer.status()))
        .map(file::resolved)
        .filter(file::has)
        .map(response -> new GivenAnswer(file, response, answer).fault(method.equals("HEAD")))
        .orElse(Optional.of("the status is not there"));
  }

  /** Where the document has each call. */
  List<String> calls() {
    return routes.all();
  }

  /** Whether a test of this JVM has made the call, and was answered as it should be. */
  boolean wasMade(String call) {
    return made.contains(call);
  }
}
