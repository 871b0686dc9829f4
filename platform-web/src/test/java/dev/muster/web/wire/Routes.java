package dev.muster.web.wire;

import dev.muster.web.key.AuthenticationFilter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContext;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * What a service serves, and what each route of it has to refuse in the same way.
 *
 * @param methods by the pattern of the path
 */
public record Routes(Map<String, Set<String>> methods) {

  private static final List<String> ALL = List.of("DELETE", "GET", "PATCH", "POST", "PUT");

  /** Statuses of what may stand where an id is wanted. */
  private static final Map<String, Integer> IDS =
      Map.ofEntries(
          Map.entry("x", 404),
          Map.entry("inst_", 404),
          Map.entry("inst_00000000000000000000000000", 404),
          Map.entry("<a*7000>", 404),
          Map.entry("%20", 404),
          Map.entry("*", 404),
          Map.entry("x;a=b", 404),
          Map.entry("%C3%BC", 404),
          Map.entry("%F0%9F%98%80", 404),
          Map.entry("%24%7Bjndi:ldap:x%7D", 404),
          Map.entry("%0d%0aX:%20y", 404),
          Map.entry("%27%22%3Cscript%3E", 404),
          Map.entry("%2500", 404),
          Map.entry("%00", 400),
          Map.entry("%2F", 400),
          Map.entry("a%2Fb", 400),
          Map.entry("%5C", 400),
          Map.entry("%zz", 400),
          Map.entry("%", 400),
          Map.entry("%FF", 400),
          Map.entry("%ED%A0%80", 400),
          Map.entry("%C0%AE", 400),
          Map.entry("<script>", 400),
          Map.entry("\\", 400),
          Map.entry("[", 400),
          Map.entry("<a*17000>", 400));

  public static Routes of(ApplicationContext service) {
    var methods = new TreeMap<String, Set<String>>();
    service
        .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .keySet()
        .forEach(
            mapping ->
                mapping
                    .getPatternValues()
                    .forEach(
                        pattern ->
                            methods
                                .computeIfAbsent(pattern, _ -> new TreeSet<>())
                                .addAll(names(mapping.getMethodsCondition().getMethods()))));
    methods.remove("/error");
    return new Routes(methods);
  }

  private static List<String> names(Collection<RequestMethod> methods) {
    return methods.stream().map(RequestMethod::name).toList();
  }

  /** All but the one at that path. */
  public Routes without(String path) {
    var others = new TreeMap<>(methods);
    others.remove(path);
    return new Routes(others);
  }

  /** Those that none of the calls is made to, as {@code METHOD pattern}; but for mere files. */
  public Set<String> notIn(List<BadCall> calls) {
    return each()
        .filter(route -> !isFile(route))
        .filter(route -> calls.stream().noneMatch(call -> isTo(route, call)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What takes nothing, and is for everyone to read. */
  private static boolean isFile(String route) {
    return isOpen(route) && !route.endsWith("/healthz");
  }

  private static boolean isOpen(String route) {
    return AuthenticationFilter.isOpen(route.split(" ", 2)[1]);
  }

  private static boolean isTo(String route, BadCall call) {
    var pattern = route.replaceAll("\\{[^}]+}", "[^/?]*");
    return (call.method() + " " + call.target().split("[?]", 2)[0]).matches(pattern);
  }

  private Stream<String> each() {
    return methods.entrySet().stream()
        .flatMap(route -> route.getValue().stream().map(method -> method + " " + route.getKey()));
  }

  /** What is refused everywhere, of every route. */
  public Stream<BadCall> everywhere() {
    return Stream.of(wrongMethods(), withoutKey(), unknownParameters(), tooLarge(), badIds())
        .flatMap(calls -> calls)
        .map(BadCall::of);
  }

  private Stream<String> wrongMethods() {
    return methods.entrySet().stream()
        .flatMap(
            route ->
                Stream.concat(ALL.stream(), Stream.of("get", "FOO", "PROPFIND", "TRACE"))
                    .filter(method -> !route.getValue().contains(method))
                    .map(
                        method ->
                            "405 method-not-allowed  " + method + " " + filled(route.getKey())));
  }

  private Stream<String> withoutKey() {
    return each()
        .filter(route -> !isOpen(route))
        .map(Routes::filled)
        .flatMap(
            call ->
                Stream.of(
                    "401 unauthenticated  " + call + "  X-API-Key: ",
                    "401 unauthenticated  "
                        + call.replaceFirst("^[A-Z]+", "TRACE")
                        + "  X-API-Key: ",
                    "401 unauthenticated  " + call + "  X-API-Key: ik_wrong",
                    "401 unauthenticated  " + call + "  X-API-Key: <k*9000>",
                    "401 unauthenticated  " + call + "  X-API-Key: \\xff\\x80"));
  }

  private Stream<String> unknownParameters() {
    return each().map(route -> "400 invalid-request  " + filled(route) + "?no_such=1");
  }

  private Stream<String> tooLarge() {
    return each().map(route -> "413 too-large  " + filled(route) + "  <[*65537>");
  }

  private Stream<String> badIds() {
    return each()
        .filter(route -> route.contains("{"))
        .flatMap(
            route ->
                IDS.entrySet().stream()
                    .map(
                        id ->
                            (id.getValue() == 404 ? "404 not-found  " : "400 invalid-request  ")
                                + route.replaceAll(
                                    "\\{[^}]+}",
                                    java.util.regex.Matcher.quoteReplacement(id.getKey()))));
  }

  private static String filled(String route) {
    return route.replaceAll("\\{[^}]+}", "x");
  }

  /** The value of {@code Allow} at a path. */
  public Set<String> allowedAt(BadCall call) {
    return methods.entrySet().stream()
        .filter(route -> isTo(call.method() + " " + route.getKey(), call))
        .flatMap(route -> route.getValue().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
