package dev.muster.worker.logs;

/** Is told how much of what instances print was sent, and how much was not. */
public interface LogCounter {

  LogCounter NONE =
      new LogCounter() {
        @Override
        public void collected(long bytes) {}

        @Override
        public void missing(long bytes) {}
      };

  void collected(long bytes);

  /** These were printed faster than they could be sent, and will never be. */
  void missing(long bytes);
}
