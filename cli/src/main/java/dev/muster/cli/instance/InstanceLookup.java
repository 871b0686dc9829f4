package dev.muster.cli.instance;

import static java.util.stream.Collectors.joining;

import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import dev.muster.cli.api.Api;
import dev.muster.cli.api.Call;
import dev.muster.cli.server.Nearest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds instances by their ids, or by names where these are not ambiguous. */
public final class InstanceLookup {

  private static final Pattern ID = Pattern.compile("inst_[0-9a-z]{26}");
  private static final int SHOWN = 10;

  private final Api api;

  public InstanceLookup(Api api) {
    this.api = api;
  }

  /** Its id; of a name, that of the only instance that has it. Those that are deleted come last. */
  public String id(String idOrName) {
    return ID.matcher(idOrName).matches() ? idOrName : named(idOrName).id();
  }

  NamedInstance find(String idOrName) {
    return ID.matcher(idOrName).matches()
        ? NamedInstance.of(api.get("/api/instances/" + idOrName))
        : named(idOrName);
  }

  private NamedInstance named(String name) {
    var found = withName(name, Optional.empty());
    if (found.isEmpty()) {
      found = withName(name, Optional.of("all"));
    }
    if (found.size() > 1) {
      throw new Failure(
          Exit.USAGE,
          "%d instances have the name '%s'; say which by its id".formatted(found.size(), name),
          found.stream()
              .limit(SHOWN)
              .map(one -> "%s  %s  %s".formatted(one.id(), one.status(), one.region()))
              .toList());
    }
    if (found.isEmpty()) {
      throw unknown(name);
    }
    return found.getFirst();
  }

  private List<NamedInstance> withName(String name, Optional<String> status) {
    return select(status, Optional.empty(), Optional.of(name)).stream()
        .filter(one -> one.name().equals(name))
        .toList();
  }

  /**
   * @param name how names begin
   */
  List<NamedInstance> select(
      Optional<String> status, Optional<String> region, Optional<String> name) {
    var list =
        Call.get("/api/instances")
            .query("status", status)
            .query("region", region)
            .query("name", name);
    return api.rows(list, Integer.MAX_VALUE).stream().map(NamedInstance::of).toList();
  }

  private Failure unknown(String name) {
    var known = api.rows(Call.get("/api/instances"), 1000).stream().map(NamedInstance::of);
    var near = Nearest.to(name, known.map(NamedInstance::name).toList());
    return new Failure(
        Exit.NOT_FOUND,
        "there is no instance '%s'".formatted(name),
        near.isEmpty()
            ? "Next: muster list"
            : near.stream().collect(joining(", ", "Did you mean ", "?")));
  }
}
