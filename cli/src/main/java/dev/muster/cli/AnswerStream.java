package dev.muster.cli;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Standard output, which remembers why it could not be written. */
final class AnswerStream extends PrintStream {

  private static final int BUFFER = 1 << 15;

  private final Target target;

  AnswerStream(OutputStream to) {
    this(new Target(to));
  }

  private AnswerStream(Target target) {
    super(new BufferedOutputStream(target, BUFFER), false, StandardCharsets.UTF_8);
    this.target = target;
  }

  /** Whether its reader has gone, as after {@code | head -1}. */
  boolean isLeftByItsReader() {
    return message().contains("Broken pipe");
  }

  /** What the system said. */
  String message() {
    return target.failure == null ? "" : String.valueOf(target.failure.getMessage());
  }

  private static final class Target extends FilterOutputStream {

    private @Nullable IOException failure;

    Target(OutputStream to) {
      super(to);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        out.write(bytes, from, length);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }
  }
}
