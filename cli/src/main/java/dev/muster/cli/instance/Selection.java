package dev.muster.cli.instance;

import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which instances a command is about: some by id or name, or all that fit. */
final class Selection {

  @Parameters(paramLabel = "INSTANCE", arity = "0..*", description = "Ids, or names.")
  private List<String> named = List.of();

  @Option(names = "--all", description = "All instances that the filters leave.")
  private boolean all;

  @Option(names = "--status", paramLabel = "STATUS", description = "With --all: only those.")
  private @Nullable String status;

  @Option(names = "--region", paramLabel = "REGION", description = "With --all: only those.")
  private @Nullable String region;

  @Option(
      names = "--name",
      paramLabel = "PREFIX",
      description = "With --all: only those whose name begins like this.")
  private @Nullable String name;

  void check() {
    boolean filtered = status != null || region != null || name != null;
    if (all != named.isEmpty() || filtered && !all) {
      throw new Failure(
          Exit.USAGE,
          named.isEmpty() ? "which instances?" : "give either instances, or --all with filters",
          "Name them, or select them: --all --status STATUS --region REGION --name PREFIX");
    }
  }

  boolean isAll() {
    return all;
  }

  boolean isSingle() {
    return named.size() == 1;
  }

  List<NamedInstance> in(InstanceLookup instances) {
    if (all) {
      return instances.select(
          Optional.ofNullable(status), Optional.ofNullable(region), Optional.ofNullable(name));
    }
    var found = new LinkedHashMap<String, NamedInstance>();
    for (var one : named) {
      var instance = instances.find(one);
      found.put(instance.id(), instance);
    }
    return List.copyOf(found.values());
  }
}
