package dev.muster.system;

import java.io.IOException;
import java.nio.file.Path;

/** A running platform, whatever it is made of. Closing it ends its instances, too. */
interface Deployment extends AutoCloseable {

  /** {@code -Dmuster.shape=} one JVM, every service in processes of its own, or what is there. */
  String SWITCH = "muster.shape";

  /** Starts the shape that was chosen, and waits until it is ready. */
  static Deployment start(Path data) throws Exception {
    return switch (System.getProperty(SWITCH, "one")) {
      case "one" -> MusterProcess.up(data);
      case "apart" -> Apart.start(data);
      case "given" -> new GivenPlatform();
      case String other ->
          throw new IllegalArgumentException(SWITCH + " is one, apart or given: " + other);
    };
  }

  Api api() throws IOException;

  String adminKey() throws IOException;

  /** Where clients reach it on this machine. */
  int port();

  Path data();
}
