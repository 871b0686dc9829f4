package dev.muster.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Standard output, which remembers why it could not be written. */
final class AnswerStream extends PrintStream {

  private static final int BUFFER = 1 << 15;
  private static final Path STANDARD_OUTPUT = Path.of("/dev/stdout");

  /** Of a mode, see inode(7). */
  private static final int TYPE = 0170000;

  private static final int PIPE = 0010000;
  private static final int SOCKET = 0140000;

  private final Target target;
  private final BooleanSupplier hasReader;

  /** That of this process. */
  static AnswerStream ofProcess() {
    return new AnswerStream(
        new Target(new FileOutputStream(FileDescriptor.out)), AnswerStream::isPipe);
  }

  /**
   * @param hasReader whether somebody reads it as it is written, and may go
   */
  AnswerStream(OutputStream to, BooleanSupplier hasReader) {
    this(new Target(to), hasReader);
  }

  private AnswerStream(Target target, BooleanSupplier hasReader) {
    super(new BufferedOutputStream(target, BUFFER), false, StandardCharsets.UTF_8);
    this.target = target;
    this.hasReader = hasReader;
  }

  // What the system says of a pipe without a reader is in the user's language.
  private static boolean isPipe() {
    try {
      int type = (int) Files.getAttribute(STANDARD_OUTPUT, "unix:mode") & TYPE;
      return type == PIPE || type == SOCKET;
    } catch (IOException | UnsupportedOperationException e) {
      return true;
    }
  }

  /** Whether a write that fails means that nobody reads on, as after {@code | head -1}. */
  boolean hasReader() {
    return hasReader.getAsBoolean();
  }

  /** What the system said, in the words of its language. */
  String failure() {
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
