package dev.muster.infrastructure;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * A PostgreSQL data folder ({@code cluster}), the password of its only user and its log, side by
 * side in a folder of their own.
 */
record PostgresCluster(Path folder, PostgresProgram program) {

  static final String USER = "muster";

  Path data() {
    return folder.resolve("cluster");
  }

  Path log() {
    return folder.resolve("postgresql.log");
  }

  String password() throws IOException {
    return Files.readString(passwordFile()).strip();
  }

  /** Makes what is missing. Killed halfway, it begins anew. */
  void create() throws IOException, InterruptedException {
    Folders.ownerOnly(folder);
    if (Files.exists(data())) {
      return;
    }
    writePassword();
    var fresh = folder.resolve("cluster.new");
    Folders.delete(fresh);
    var arguments =
        List.of(
            "--pgdata=" + fresh.getFileName(),
            "--username=" + USER,
            "--pwfile=" + passwordFile().getFileName(),
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8");
    var result = run("initdb", arguments);
    if (result.status() != 0) {
      throw new ServerStartException("PostgreSQL's data cannot be made: " + result.output());
    }
    Files.move(fresh, data(), StandardCopyOption.ATOMIC_MOVE);
  }

  PostgresProgram.Result run(String name, List<String> arguments)
      throws IOException, InterruptedException {
    return program.run(folder, name, arguments);
  }

  /** The server that uses this data folder now, if any. A pid that is another's is no server. */
  OptionalLong postmaster() throws IOException {
    var file = data().resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return OptionalLong.empty();
    }
    long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
    // A postmaster works in its data folder.
    var cwd = Path.of("/proc", Long.toString(pid), "cwd");
    return Files.exists(cwd) && Files.isSameFile(cwd, data())
        ? OptionalLong.of(pid)
        : OptionalLong.empty();
  }

  private void writePassword() throws IOException {
    var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Files.deleteIfExists(passwordFile());
    Files.createFile(passwordFile(), mode);
    Files.writeString(passwordFile(), UUID.randomUUID().toString(), UTF_8);
  }

  private Path passwordFile() {
    return folder.resolve("password");
  }
}
