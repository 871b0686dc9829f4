package dev.muster.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Programs as the script runs them: unpacked, a jar starts with two thirds of the work. */
final class UnpackedJar {

  private static final Map<Path, Path> UNPACKED = new ConcurrentHashMap<>();

  private UnpackedJar() {}

  /** Unpacks it beside itself, once for all tests. */
  static Path of(Path jar) {
    return UNPACKED.computeIfAbsent(jar.toAbsolutePath(), UnpackedJar::unpack);
  }

  private static Path unpack(Path jar) {
    var folder = jar.resolveSibling("unpacked");
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command =
        List.of(
            java,
            "-Djarmode=tools",
            "-jar",
            jar.toString(),
            "extract",
            "--force",
            "--destination",
            folder.toString());
    try {
      var process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      if (process.waitFor() != 0) {
        throw new AssertionError(jar + " cannot be unpacked");
      }
      return folder.resolve(jar.getFileName());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
