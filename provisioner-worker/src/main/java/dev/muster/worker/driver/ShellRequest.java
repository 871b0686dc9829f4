package dev.muster.worker.driver;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What somebody wants to run in an instance.
 *
 * @param command line for a POSIX shell; without one a shell is opened that reads its input
 */
public record ShellRequest(Optional<String> command, Optional<Terminal> terminal) {

  /**
   * @param type as {@code TERM} names it; what is no such name becomes {@code dumb}
   * @param columns 1..65535; 80 for what is not
   * @param rows 1..65535; 24 for what is not
   */
  public record Terminal(String type, int columns, int rows) {

    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9._+-]{1,64}");

    public Terminal {
      type = TYPE.matcher(type).matches() ? type : "dumb";
      columns = fits(columns) ? columns : 80;
      rows = fits(rows) ? rows : 24;
    }

    private static boolean fits(int size) {
      return size > 0 && size <= 0xFFFF;
    }
  }
}
