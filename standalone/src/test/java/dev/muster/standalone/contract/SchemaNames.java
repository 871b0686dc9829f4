package dev.muster.standalone.contract;

import io.swagger.v3.core.jackson.TypeNameResolver;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Calls a schema what its record is called, without {@code View}; no two may be called the same.
 */
final class SchemaNames extends TypeNameResolver {

  private final Map<String, Class<?>> records = new TreeMap<>();

  @Override
  protected String nameForClass(Class<?> type, Set<Options> options) {
    var name = super.nameForClass(type, options).replaceAll("View$", "");
    if (type.isRecord()) {
      var other = records.putIfAbsent(name, type);
      if (other != null && other != type) {
        throw new IllegalStateException(
            "%s and %s are both called %s; give one of them @Schema(name = …)"
                .formatted(other.getName(), type.getName(), name));
      }
    }
    return name;
  }

  Map<String, Class<?>> records() {
    return records;
  }
}
