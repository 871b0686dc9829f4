package dev.muster.query.logs;

import dev.muster.events.log.LogLine;
import java.io.IOException;

/** Who reads lines. What it throws ends the reading. */
public interface LogListener {

  /**
   * The lines come next.
   *
   * @param last the {@link LogLine#end} after which they begin
   */
  void begun(long last) throws IOException;

  void line(LogLine line) throws IOException;

  /**
   * Nothing more will come.
   *
   * @param reason {@code deleted}, {@code stopped} or {@code error}: how the instance ended
   */
  void ended(String reason) throws IOException;

  /**
   * Nothing more is there for the moment; comes twice a second at least, but while a line is taken.
   *
   * @return whether to go on
   */
  boolean pause() throws IOException;
}
