package dev.muster.cli.instance;

import dev.muster.cli.api.Call;
import java.util.Locale;
import java.util.Set;

/** What can be asked of an instance, and in which status; as docs/lifecycle.md has it. */
enum Change {
  PAUSE("paused", Set.of("running"), Set.of("paused")),
  RESUME("running", Set.of("paused"), Set.of("running")),
  RESTART("restarted", Set.of("running", "paused", "error", "stopped"), Set.of()),
  DELETE(
      "deleted",
      Set.of("creating", "running", "paused", "error", "stopped"),
      Set.of("stopped (deleted)"));

  private final String done;
  private final Set<String> from;
  private final Set<String> already;

  Change(String done, Set<String> from, Set<String> already) {
    this.done = done;
    this.from = from;
    this.already = already;
  }

  String verb() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What the instance is afterwards. */
  String done() {
    return done;
  }

  Call call(NamedInstance instance) {
    return this == DELETE
        ? Call.delete(instance.path())
        : Call.post(instance.path() + "/" + verb(), "");
  }

  /** {@code yes}, {@code already} or {@code no}. */
  String allowedIn(NamedInstance instance) {
    var stage = instance.deleted() ? "stopped (deleted)" : instance.status();
    if (already.contains(stage)) {
      return "already";
    }
    return from.contains(stage) ? "yes" : "no";
  }
}
