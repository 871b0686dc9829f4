package dev.muster.worker.driver.process;

import java.util.List;
import java.util.Locale;

/** Which namespaces of the kernel an instance has for its own, by what util-linux brings. */
enum Namespaces {
  NONE,
  /** Of mounts and System V IPC; the user keeps it from the rest. Needs root. */
  MOUNT,
  /** Of users, mounts, pids and System V IPC, for a platform that is an ordinary user. */
  USER;

  private static final List<String> OWN_MOUNTS = List.of("unshare", "--mount", "--ipc");

  private static final List<String> OWN_USERS =
      List.of(
          "unshare",
          "--user",
          "--map-root-user",
          "--mount",
          "--pid",
          "--ipc",
          "--fork",
          "--kill-child");

  /** As supervise.sh calls it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Words before the supervisor of a run, which is in the namespaces of mounts with it. */
  List<String> around() {
    return this == MOUNT ? OWN_MOUNTS : List.of();
  }

  /** Words before a command that is tried in them. */
  List<String> words() {
    return switch (this) {
      case NONE -> List.of();
      case MOUNT -> OWN_MOUNTS;
      case USER -> OWN_USERS;
    };
  }

  /**
   * The file of a run that says who holds them: a process that the instance cannot change, or what
   * enters them would run programs of the instance's choice.
   */
  String holder() {
    return this == USER ? "pid" : "supervisor";
  }

  /** Words before a command that enters those of that process. */
  List<String> enter(String pid) {
    return switch (this) {
      case NONE -> List.of();
      case MOUNT -> List.of("nsenter", "--target=" + pid, "--mount", "--ipc");
      case USER ->
          List.of(
              "nsenter",
              "--target=" + pid,
              "--user",
              "--preserve-credentials",
              "--mount",
              "--pid",
              "--ipc");
    };
  }
}
