package latency;

/** Milliseconds of the parts of one instance's life, each call alone on the platform. */
record Cycle(double created, double running, double paused, double resumed) {}
