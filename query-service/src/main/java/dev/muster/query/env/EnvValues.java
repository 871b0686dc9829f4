package dev.muster.query.env;

import dev.muster.events.access.Scope;
import dev.muster.web.key.AuthenticationFilter;
import dev.muster.web.key.Holder;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whether a caller sees the values of environment variables, or only their names. */
public enum EnvValues {
  SHOWN,
  HIDDEN;

  /** Stands for a value that is not shown. */
  public static final String MASK = "***";

  private static final JsonMapper JSON = JsonMapper.shared();

  /** Whoever may change an instance may see what it was given. */
  public static EnvValues forCallerOf(HttpServletRequest request) {
    return AuthenticationFilter.holderOf(request)
        .map(Holder::scopes)
        .filter(scopes -> scopes.contains(Scope.OPERATE) || scopes.contains(Scope.ADMIN))
        .map(_ -> SHOWN)
        .orElse(HIDDEN);
  }

  public Map<String, String> of(Map<String, String> env) {
    if (this == SHOWN) {
      return env;
    }
    var masked = new TreeMap<>(env);
    masked.replaceAll((_, _) -> MASK);
    return masked;
  }

  /** The stored JSON of an event; an event's {@code spec} is what has variables. */
  public String in(String data) {
    if (this == SHOWN || !data.contains("\"env\"")) {
      return data;
    }
    var event = JSON.readTree(data);
    return event.path("spec").path("env") instanceof ObjectNode env && !env.isEmpty()
        ? masked(event, env)
        : data;
  }

  private static String masked(JsonNode event, ObjectNode env) {
    env.propertyNames().stream().toList().forEach(name -> env.put(name, MASK));
    return JSON.writeValueAsString(event);
  }
}
