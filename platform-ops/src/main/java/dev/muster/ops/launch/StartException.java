package dev.muster.ops.launch;

import java.util.List;

/** A program cannot start, for reasons that whoever started it can do something about. */
public class StartException extends RuntimeException {

  private final transient List<String> lines;

  /**
   * @param line what is wrong and what to do, in one line
   */
  public StartException(String line) {
    super(line);
    this.lines = List.of(line);
  }

  public StartException(String line, Throwable cause) {
    super(line, cause);
    this.lines = List.of(line);
  }

  /**
   * @param lines one for each reason; at least one
   */
  public StartException(List<String> lines) {
    super(String.join("; ", lines));
    this.lines = List.copyOf(lines);
  }

  /** One for each reason. */
  public final List<String> lines() {
    return lines;
  }
}
