package dev.muster.query.live;

import java.io.IOException;

/** Who follows a stream. What it throws ends the stream. */
public interface StreamListener {

  /**
   * The stream has begun.
   *
   * @param last number of the event before the first one that will come; 0 when there is none
   */
  void begun(long last) throws IOException;

  /**
   * The next event that the stream is about.
   *
   * @param number 1, 2, 3 …
   * @param frame as {@code text/event-stream} has it; not to be changed
   */
  void event(long number, byte[] frame) throws IOException;

  /**
   * Nothing more is there for the moment, or the stream is just alive: comes twice a second at
   * least, but while an event is taken or the broker is asked.
   *
   * @param last number of the newest event that was passed, or left out
   */
  void pause(long last) throws IOException;
}
