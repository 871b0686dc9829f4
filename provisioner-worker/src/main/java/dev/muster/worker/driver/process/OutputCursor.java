package dev.muster.worker.driver.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much of an instance's output was taken, kept in a file beside it. One that is older than the
 * truth, as after a power cut, lets some output be taken twice.
 *
 * @param base how many bytes the instance had printed before the first one of its log: 0, unless
 *     somebody has emptied the log
 * @param position in the log, of the first byte that was not taken
 */
record OutputCursor(long base, long position) {

  static final OutputCursor NOTHING = new OutputCursor(0, 0);

  private static final Logger log = LoggerFactory.getLogger(OutputCursor.class);
  private static final Pattern FORM = Pattern.compile("(\\d{1,18}) (\\d{1,18})\n");

  static OutputCursor read(Path file) throws IOException {
    try {
      var text = new String(Files.readAllBytes(file), UTF_8);
      var numbers = FORM.matcher(text);
      if (numbers.matches()) {
        return new OutputCursor(Long.parseLong(numbers.group(1)), Long.parseLong(numbers.group(2)));
      }
      log.error("the file is damaged, output may be taken twice or not at all file={}", file);
    } catch (NoSuchFileException e) {
      log.debug("nothing was taken yet file={}", file);
    }
    return NOTHING;
  }

  void write(Path file) throws IOException {
    var next = file.resolveSibling(file.getFileName() + ".tmp");
    Files.writeString(next, "%d %d\n".formatted(base, position));
    Files.move(next, file, ATOMIC_MOVE);
  }

  /** The same of a log that has this size now; one that became shorter was emptied. */
  OutputCursor within(long size) {
    return size < position ? new OutputCursor(base + position, 0) : this;
  }

  OutputCursor to(long offset) {
    return new OutputCursor(base, offset - base);
  }
}
