package dev.muster.infrastructure;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs PostgreSQL's programs, each to its end. */
final class PostgresProgram {

  private static final int TIMEOUT_SECONDS = 120;

  private final Path home;

  PostgresProgram(Path home) {
    this.home = home;
  }

  record Result(int status, String output) {}

  /**
   * @param folder to run in. Files are best named from there: pg_ctl passes what it is given on to
   *     a shell, which reads some names otherwise
   */
  Result run(Path folder, String program, List<String> arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    if (isRoot()) {
      // PostgreSQL refuses to run as root. In a user namespace of its own it sees another user,
      // while its files stay the caller's.
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(home.resolve("bin").resolve(program).toString());
    command.addAll(arguments);
    var process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new ServerStartException(
          "PostgreSQL's %s has not ended after %d s".formatted(program, TIMEOUT_SECONDS));
    }
    var output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    if (output.startsWith("unshare:")) {
      throw new ServerStartException(
          "PostgreSQL refuses to run as root, and this system allows no user namespace (%s); run as another user"
              .formatted(output));
    }
    return new Result(process.exitValue(), output);
  }

  private static boolean isRoot() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
  }
}
