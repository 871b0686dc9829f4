package dev.muster.cli;

/** With which status a command ends; scripts go by it. */
public enum Exit {
  DONE(0, "done"),
  FAILED(1, "failed: the host, the server, or a part of what was asked"),
  USAGE(2, "the command line, or what it was given, makes no sense"),
  NOT_FOUND(3, "no such instance, key, worker, or the like"),
  NOT_ALLOWED(4, "no key, a key that is not valid, or one without the scope"),
  CONFLICT(5, "the state does not allow it, or something else is under way"),
  TIMED_OUT(6, "it did not happen in time; it may still"),
  UNREACHABLE(7, "no server answers"),
  NOT_PROVED(8, "what was to be proved is not so, or nothing proves it");

  private final int status;
  private final String meaning;

  Exit(int status, String meaning) {
    this.status = status;
    this.meaning = meaning;
  }

  public int status() {
    return status;
  }

  public String meaning() {
    return meaning;
  }

  /** Of an HTTP status that is no success. */
  public static Exit ofHttp(int status) {
    return switch (status) {
      case 400, 405, 406, 413, 415, 422 -> USAGE;
      case 401, 403 -> NOT_ALLOWED;
      case 404 -> NOT_FOUND;
      case 408 -> TIMED_OUT;
      case 409, 412 -> CONFLICT;
      default -> FAILED;
    };
  }
}
