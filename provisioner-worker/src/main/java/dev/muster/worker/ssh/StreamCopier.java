package dev.muster.worker.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries what comes out of one stream into another, as it comes, and then closes that. */
final class StreamCopier {

  private static final Logger log = LoggerFactory.getLogger(StreamCopier.class);
  private static final int CHUNK = 32 * 1024;

  private StreamCopier() {}

  /**
   * @param cut run when the far side takes nothing any more
   * @return the thread, which ends with the stream
   */
  static Thread begin(String name, InputStream from, OutputStream to, Runnable cut) {
    // Not virtual: a wait in the C library would hold its carrier.
    return Thread.ofPlatform().daemon().name(name).start(() -> carry(from, to, cut));
  }

  private static void carry(InputStream from, OutputStream to, Runnable cut) {
    try {
      copy(from, to);
    } catch (IOException e) {
      log.debug("a shell's stream ended early", e);
      cut.run();
    }
  }

  private static void copy(InputStream from, OutputStream to) throws IOException {
    var chunk = new byte[CHUNK];
    for (int count; (count = from.read(chunk)) >= 0; ) {
      to.write(chunk, 0, count);
      to.flush();
    }
    to.close();
  }
}
