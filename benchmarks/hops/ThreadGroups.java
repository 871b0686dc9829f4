package hops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** CPU of a JVM by what its threads are for, in milliseconds; schedstat of proc(5). */
final class ThreadGroups {

  /** The kernel keeps 15 characters of a name. The first that fits counts. */
  private static final Map<String, String> GROUPS = new LinkedHashMap<>();

  static {
    GROUPS.put("C1 CompilerThre|C2 CompilerThre", "compiler");
    GROUPS.put("VM Thread", "collector");
    GROUPS.put("ForkJoinPool-.*|http-nio.*", "HTTP, commands, hosts (virtual threads)");
    GROUPS.put(
        "data-plane-.*|group-coord.*|Expiration.*|kafka-sched.*|quorum.*|.*raft.*", "Kafka broker");
    GROUPS.put("consumer_backgr.*|kafka-producer.*|kafka-admin.*", "Kafka clients");
    GROUPS.put("mongo-server.*|MVStore.*|async-.*", "Mongo server");
    GROUPS.put("query-projectio", "projection");
    GROUPS.put("query-audit", "audit log");
    GROUPS.put("query-logs", "logs");
    GROUPS.put("query-health", "health");
    GROUPS.put("query-.*", "streams and tables");
    GROUPS.put("event-writer", "append");
    GROUPS.put("tail-audit.*|audit-.*", "sealer");
    GROUPS.put("tail-.*", "publisher");
    GROUPS.put("outcome-.*|progress-.*", "outcomes and progress");
    GROUPS.put("worker-.*", "worker");
  }

  private ThreadGroups() {}

  /** Threads that have ended are missing. */
  static Map<String, Double> of(long pid) throws IOException {
    var used = new TreeMap<String, Double>();
    try (var threads = Files.newDirectoryStream(Path.of("/proc", "" + pid, "task"))) {
      for (var thread : threads) {
        try {
          var name = Files.readString(thread.resolve("comm")).strip();
          var nanos = Files.readString(thread.resolve("schedstat")).split(" ")[0];
          used.merge(group(name), Long.parseLong(nanos) / 1e6, Double::sum);
        } catch (IOException e) {
          // It has just ended.
        }
      }
    }
    return used;
  }

  private static String group(String name) {
    return GROUPS.entrySet().stream()
        .filter(group -> name.matches(group.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("all else");
  }
}
