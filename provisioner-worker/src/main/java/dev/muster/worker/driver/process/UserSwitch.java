package dev.muster.worker.driver.process;

import dev.muster.worker.driver.Isolation;
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

  /** Starts a command as that user, with nothing of this process. */
  static Process start(int user, Redirect output, String... command) throws IOException {
    var words = new ArrayList<>(to(user));
    words.addAll(List.of(command));
    var builder = new ProcessBuilder(words).directory(Path.of("/").toFile());
    builder.environment().keySet().retainAll(Set.of("PATH"));
    builder.redirectErrorStream(true).redirectOutput(output);
    var process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  /**
   * Whether instances of a host can run as users of their own.
   *
   * @param root the host's folder; they have to pass those above it
   */
  static Isolation check(UserIds ids, UserClaims claims, Path root) {
    if (!OsProcess.isRoot()) {
      return Isolation.none("the platform does not run as root");
    }
    if (!Machine.onPath(PROGRAM)) {
      return Isolation.none("'setpriv' of util-linux is not on the PATH");
    }
    var refusal = TRIED.computeIfAbsent(ids, UserSwitch::refusal).or(() -> barrier(root));
    if (refusal.isPresent()) {
      return Isolation.none(refusal.get());
    }
    try {
      claims.prepare();
      return Isolation.user();
    } catch (IOException e) {
      return Isolation.none("user ids cannot be claimed: " + e);
    }
  }

  private static Optional<String> refusal(UserIds ids) {
    try {
      for (int user : List.of(ids.first(), ids.last())) {
        var process = start(user, Redirect.PIPE, "true");
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
