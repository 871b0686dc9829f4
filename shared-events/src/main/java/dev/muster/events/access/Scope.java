package dev.muster.events.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What an API key is good for. */
public enum Scope {
  /** To see instances, their history, and what there is to run on. */
  READ,
  /** To change instances, workers and dead letters, and to see what {@link #READ} sees. */
  OPERATE,
  /** To see histories, and the audit log. */
  AUDIT,
  /** Everything, API keys among it. */
  ADMIN;

  /** Whether a key with those scopes may do what takes this one. */
  public boolean isAllowedBy(Set<Scope> scopes) {
    return scopes.contains(this)
        || scopes.contains(ADMIN)
        || (this == READ && scopes.contains(OPERATE));
  }

  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The scope of that name in the API, or empty when there is none. */
  public static Optional<Scope> find(String name) {
    return Arrays.stream(values()).filter(scope -> scope.toString().equals(name)).findFirst();
  }

  @JsonCreator
  static Scope of(String name) {
    return find(name).orElseThrow(() -> new IllegalArgumentException("no scope '" + name + "'"));
  }
}
