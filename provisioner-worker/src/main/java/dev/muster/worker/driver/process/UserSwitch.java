package dev.muster.worker.driver.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Becomes another user, for good and without any right of this one, by util-linux's setpriv. */
final class UserSwitch {

  private static final String PROGRAM = "setpriv";
  private static final Map<UserIds, Optional<String>> TRIED = new ConcurrentHashMap<>();

  private UserSwitch() {}

  /** Words before a command that is to run as that user. */
  static List<String> to(int user) {
    return List.of(
        PROGRAM,
        "--reuid=" + user,
        "--regid=" + user,
        "--clear-groups",
        "--no-new-privs",
        "--bounding-set=-all",
        "--inh-caps=-all",
        "--");
  }

  /**
   * Words before a command that is to run as this process's user in a namespace of users below the
   * one it is in, in which it is root: without any right in that one.
   */
  static List<String> toSelf() {
    return List.of(
        "unshare",
        "--user",
        "--map-user=" + OsProcess.selfUser(),
        "--map-group=" + OsProcess.selfGroup(),
        "--keep-caps",
        PROGRAM,
        // The end of nsenter ends what it has started.
        "--pdeathsig=KILL",
        "--no-new-privs",
        "--bounding-set=-all",
        "--inh-caps=-all",
        "--ambient-caps=-all",
        "--");
  }

  /** Starts a command behind other words, with nothing of this process. */
  static Process start(List<String> before, Redirect output, String... command) throws IOException {
    var words = new ArrayList<>(before);
    words.addAll(List.of(command));
    var builder = new ProcessBuilder(words).directory(Path.of("/").toFile());
    builder.environment().keySet().retainAll(Set.of("PATH"));
    builder.redirectErrorStream(true).redirectOutput(output);
    var process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  /**
   * Why instances of a host cannot run as users of their own; empty when they can.
   *
   * @param root the host's folder; they have to pass those above it
   */
  static Optional<String> refusal(UserIds ids, UserClaims claims, Path root) {
    if (!HostRequirements.onPath(PROGRAM)) {
      return Optional.of("'setpriv' of util-linux is not on the PATH");
    }
    var refusal = TRIED.computeIfAbsent(ids, UserSwitch::refusal).or(() -> barrier(root));
    if (refusal.isPresent()) {
      return refusal;
    }
    try {
      claims.prepare();
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("user ids cannot be claimed: " + e);
    }
  }

  private static Optional<String> refusal(UserIds ids) {
    try {
      for (int user : List.of(ids.first(), ids.last())) {
        var process = start(to(user), Redirect.PIPE, "true");
        var output = new String(process.getInputStream().readAllBytes()).strip();
        if (process.waitFor() != 0) {
          return Optional.of("user id %d cannot be taken on: %s".formatted(user, output));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("setpriv cannot be started: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }

  private static Optional<String> barrier(Path root) {
    for (var above = root.getParent(); above != null; above = above.getParent()) {
      try {
        var mode = Files.getPosixFilePermissions(above);
        if (!mode.contains(PosixFilePermission.OTHERS_EXECUTE)) {
          return Optional.of(
              "other users cannot pass %s (chmod o+x, or keep the data elsewhere)"
                  .formatted(above));
        }
      } catch (IOException e) {
        return Optional.of("%s cannot be looked at: %s".formatted(above, e.getMessage()));
      }
    }
    return Optional.empty();
  }
}
