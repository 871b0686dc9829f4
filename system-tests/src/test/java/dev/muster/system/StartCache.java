package dev.muster.system;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.util.FileSystemUtils;

/**
 * What Java knows of the whole platform after one run of it (JEP 483, 514 and 515), as {@code
 * ./muster up} keeps it: the platform then starts with less than half of the work.
 */
final class StartCache {

  private static final Map<Path, List<String>> OPTIONS = new ConcurrentHashMap<>();
  private static final String PLATFORM = "muster-exec.jar";

  private StartCache() {}

  /**
   * Options of Java that start the unpacked jar from its cache, which is made once for all tests.
   * None for a service of its own: it starts too seldom.
   */
  static List<String> options(Path unpacked) {
    return unpacked.endsWith(PLATFORM)
        ? OPTIONS.computeIfAbsent(unpacked, StartCache::made)
        : List.of();
  }

  private static List<String> made(Path unpacked) {
    var cache = unpacked.resolveSibling(PLATFORM + ".aot");
    try {
      var data = Files.createTempDirectory("muster-training");
      train(unpacked, cache, data);
      FileSystemUtils.deleteRecursively(data);
    } catch (Exception e) {
      throw new AssertionError("the platform cannot be run to make its cache", e);
    }
    return List.of("-XX:AOTCache=" + cache, "-Xlog:disable");
  }

  private static void train(Path unpacked, Path cache, Path data) throws Exception {
    var port = MusterProcess.freePort();
    var arguments = new ArrayList<>(List.of("up", "--data", data.toString()));
    arguments.addAll(List.of("--port", Integer.toString(port)));
    var options = List.of("-XX:AOTCacheOutput=" + cache, "-Xlog:disable");
    try (var run =
        MusterProcess.of(data, port, Jvm.start(options, unpacked, arguments, Map.of()))) {
      run.awaitReady();
      var api = run.api();
      api.delete("/api/instances/" + api.running("{}"));
    }
  }
}
