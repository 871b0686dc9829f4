package dev.muster.worker.driver.docker;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a shell prints, taken apart: without a terminal an engine sends output and errors in one
 * stream.
 */
record ShellStreams(
    DataInputStream from,
    boolean tty,
    InputStream output,
    InputStream errors,
    OutputStream toOutput,
    OutputStream toErrors) {

  private static final Logger log = LoggerFactory.getLogger(ShellStreams.class);

  private static final int OF_ERRORS = 2;
  private static final int BYTES_AT_ONCE = 8192;

  static ShellStreams of(InputStream from, boolean tty) throws IOException {
    var out = Pipe.open();
    var err = Pipe.open();
    return new ShellStreams(
        new DataInputStream(from),
        tty,
        Channels.newInputStream(out.source()),
        Channels.newInputStream(err.source()),
        Channels.newOutputStream(out.sink()),
        Channels.newOutputStream(err.sink()));
  }

  /** Until the stream ends. */
  void copy(Runnable afterwards) {
    try (toOutput;
        toErrors) {
      if (tty) {
        from.transferTo(toOutput);
      } else {
        takeApart();
      }
    } catch (IOException e) {
      log.debug("a shell was cut off", e);
    } finally {
      afterwards.run();
    }
  }

  private void takeApart() throws IOException {
    int stream;
    while ((stream = from.read()) >= 0) {
      from.skipNBytes(3);
      long left = from.readInt() & 0xFFFFFFFFL;
      var to = stream == OF_ERRORS ? toErrors : toOutput;
      while (left > 0) {
        var bytes = from.readNBytes((int) Math.min(left, BYTES_AT_ONCE));
        if (bytes.length == 0) {
          return;
        }
        to.write(bytes);
        left -= bytes.length;
      }
    }
  }
}
