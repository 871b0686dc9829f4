package dev.muster.worker.driver.process;

import dev.muster.worker.driver.Isolation;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the machine has to keep the instances of a host from the platform and from each other. */
record HostIsolation(Isolation isolation, Namespaces namespaces) {

  private static final Map<Namespaces, Optional<String>> TRIED = new ConcurrentHashMap<>();

  private static final String MOUNTS =
      "mount -t tmpfs muster /tmp && mount -t proc -o %s muster /proc && exec \"$@\"";

  static HostIsolation of(UserIds ids, UserClaims claims, Path root) {
    if (!OsProcess.isRoot()) {
      return refusal(Namespaces.USER)
          .map(reason -> none("the platform does not run as root, and %s".formatted(reason)))
          .orElseGet(() -> new HostIsolation(Isolation.namespace(), Namespaces.USER));
    }
    var noUsers = UserSwitch.refusal(ids, claims, root);
    if (noUsers.isPresent()) {
      return none(noUsers.get());
    }
    return refusal(Namespaces.MOUNT)
        .map(reason -> new HostIsolation(Isolation.userAlone(reason), Namespaces.NONE))
        .orElseGet(() -> new HostIsolation(Isolation.user(), Namespaces.MOUNT));
  }

  /** Words before a command of an instance that has no user of its own. */
  List<String> becoming() {
    return namespaces == Namespaces.USER ? UserSwitch.toSelf() : List.of();
  }

  private static HostIsolation none(String reason) {
    return new HostIsolation(Isolation.none(reason), Namespaces.NONE);
  }

  private static Optional<String> refusal(Namespaces namespaces) {
    return TRIED.computeIfAbsent(namespaces, HostIsolation::attempt);
  }

  private static Optional<String> attempt(Namespaces namespaces) {
    for (var tool : List.of("unshare", "nsenter", "mount", "setpriv")) {
      if (!HostRequirements.onPath(tool)) {
        return Optional.of("'%s' of util-linux is not on the PATH".formatted(tool));
      }
    }
    var isMount = namespaces == Namespaces.MOUNT;
    var command =
        new ArrayList<>(
            List.of("sh", "-c", MOUNTS.formatted(isMount ? "hidepid=invisible" : "rw"), "sh"));
    command.addAll(isMount ? List.of() : UserSwitch.toSelf());
    command.add("true");
    try {
      var process =
          UserSwitch.start(namespaces.words(), Redirect.PIPE, command.toArray(String[]::new));
      var output = new String(process.getInputStream().readAllBytes()).strip();
      return process.waitFor() == 0
          ? Optional.empty()
          : Optional.of("namespaces cannot be had: " + output.replace("\n", "; "));
    } catch (IOException e) {
      return Optional.of("namespaces cannot be had: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }
}
