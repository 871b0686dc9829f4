package dev.muster.system;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which calls there are, and where the document has each. */
record ContractRoutes(ContractFile file) {

  private static final Set<Integer> OF_NO_ROUTE = Set.of(401, 404);
  private static final String ANSWERED = "/responses/200/content";
  private static final Set<String> ONLY_EVENTS = Set.of("text/event-stream");
  private static final String STATUS =
      "/content/application~1problem+json/schema/properties/status/const";

  /** But for streams of events, which have no end: their own tests look at those. */
  List<String> all() {
    return templates().stream()
        .map(template -> "/paths/" + ContractFile.escaped(template))
        .flatMap(path -> file.at(path).propertyNames().stream().map(verb -> path + "/" + verb))
        .filter(call -> !Set.copyOf(file.at(call + ANSWERED).propertyNames()).equals(ONLY_EVENTS))
        .toList();
  }

  /** A HEAD is a GET. */
  Optional<String> find(String method, String path) {
    var verb = method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
    return templates().stream()
        .filter(template -> path.matches(pattern(template)))
        .min(Comparator.comparing(template -> template.contains("{")))
        .map(template -> "/paths/" + ContractFile.escaped(template) + "/" + verb)
        .filter(file::has);
  }

  /** A variable is a step of the path, but for one that takes all the rest. */
  private static String pattern(String template) {
    return template.replace("{path}", ".+").replaceAll("\\{[^}]+}", "[^/]+");
  }

  /** What is answered where nothing is served: the problem of that status. */
  Optional<String> withoutRoute(int status) {
    return file.at("/components/responses").propertyNames().stream()
        .filter(_ -> OF_NO_ROUTE.contains(status))
        .map(name -> "/components/responses/" + name)
        .filter(response -> file.at(response + STATUS).asInt() == status)
        .findFirst();
  }

  private List<String> templates() {
    return List.copyOf(file.at("/paths").propertyNames());
  }
}
