package dev.muster.worker.driver.process.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The cgroup of this process in each hierarchy of the machine.
 *
 * @param unified that of version 2, if there is one
 * @param controllers those of version 1, by controller
 */
record Mounts(Optional<Path> unified, Map<String, Path> controllers) {

  /**
   * @param root of the file system; another one in tests
   */
  static Mounts read(Path root) throws IOException {
    var own = own(root);
    Optional<Path> unified = Optional.empty();
    var controllers = new HashMap<String, Path>();
    for (var line : Files.readAllLines(root.resolve("proc/self/mountinfo"))) {
      var mount = Mount.parse(line);
      if (mount.type().equals("cgroup2")) {
        unified = mount.folder(root, own.get(""));
      } else if (mount.type().equals("cgroup")) {
        for (var option : mount.options()) {
          mount.folder(root, own.get(option)).ifPresent(f -> controllers.put(option, f));
        }
      }
    }
    return new Mounts(unified, controllers);
  }

  // Lines such as "4:cpu,cpuacct:/path"; version 2 is "0::/path".
  private static Map<String, String> own(Path root) throws IOException {
    var own = new HashMap<String, String>();
    for (var line : Files.readAllLines(root.resolve("proc/self/cgroup"))) {
      var field = line.split(":", 3);
      if (field.length == 3) {
        Arrays.stream(field[1].split(",")).forEach(controller -> own.put(controller, field[2]));
      }
    }
    return own;
  }

  /**
   * @param top the path in the hierarchy that is seen at the mount point
   */
  private record Mount(String type, String top, String point, List<String> options) {

    static Mount parse(String line) {
      var halves = line.split(" - ", 2);
      var before = halves[0].split(" ");
      var after = halves.length < 2 ? new String[0] : halves[1].split(" ");
      return before.length < 5 || after.length < 3
          ? new Mount("", "/", "/", List.of())
          : new Mount(after[0], before[3], unescaped(before[4]), List.of(after[2].split(",")));
    }

    Optional<Path> folder(Path root, @Nullable String own) {
      if (own == null) {
        return Optional.empty();
      }
      var path = Path.of(own);
      // A container may see its own part of the hierarchy alone.
      var below = path.startsWith(top) ? Path.of(top).relativize(path) : Path.of("");
      var folder = root.resolve(point.substring(1)).resolve(below.toString()).normalize();
      return Optional.of(folder).filter(Files::isDirectory);
    }

    private static String unescaped(String path) {
      return path.replace("\\040", " ");
    }
  }
}
