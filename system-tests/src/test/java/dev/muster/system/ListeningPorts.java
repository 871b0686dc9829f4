package dev.muster.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The TCP ports that a process listens on, as /proc shows them. */
final class ListeningPorts {

  private static final String LISTEN = "0A";

  private ListeningPorts() {}

  static Set<Integer> of(long pid) throws IOException {
    var sockets = sockets(pid);
    var ports = new TreeSet<Integer>();
    for (var table : List.of("tcp", "tcp6")) {
      for (var line : lines(Path.of("/proc", "" + pid, "net", table))) {
        // sl local_address rem_address st tx:rx tr:tm retrnsmt uid timeout inode
        var field = line.strip().split("\\s+");
        if (field[3].equals(LISTEN) && sockets.contains("socket:[" + field[9] + "]")) {
          ports.add(Integer.parseInt(field[1].substring(field[1].indexOf(':') + 1), 16));
        }
      }
    }
    return ports;
  }

  private static Set<String> sockets(long pid) throws IOException {
    try (var descriptors = Files.list(Path.of("/proc", "" + pid, "fd"))) {
      return descriptors.map(ListeningPorts::target).collect(Collectors.toSet());
    }
  }

  // It may have been closed meanwhile.
  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return "";
    }
  }

  private static List<String> lines(Path table) throws IOException {
    try {
      var lines = new ArrayList<>(Files.readAllLines(table));
      lines.removeFirst();
      return lines;
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }
}
