package dev.muster.standalone;

import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.EnumerablePropertySource;

/** Settings whose names are known before their values: asking for a value may have to wait. */
final class LazyPropertySource extends EnumerablePropertySource<Map<String, Supplier<String>>> {

  LazyPropertySource(String name, Map<String, Supplier<String>> values) {
    super(name, values);
  }

  @Override
  public String[] getPropertyNames() {
    return source.keySet().toArray(String[]::new);
  }

  @Override
  public @Nullable Object getProperty(String name) {
    var value = source.get(name);
    return value == null ? null : value.get();
  }
}
