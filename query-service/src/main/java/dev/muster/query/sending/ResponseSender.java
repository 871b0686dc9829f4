package dev.muster.query.sending;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends until there is an end to it; that a client leaves is one. */
@FunctionalInterface
public interface ResponseSender {

  void run() throws IOException, InterruptedException;

  /** Returns when it is over, whyever. */
  static void untilItEnds(ResponseSender sending) {
    Logger log = LoggerFactory.getLogger(ResponseSender.class);
    try {
      sending.run();
    } catch (SlowReaderException e) {
      log.info(
          "stream_cut reason=\"{}\": the client can go on from its last event", e.getMessage());
    } catch (IOException e) {
      log.debug("client left its stream, or took nothing any more", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
