package dev.muster.worker.driver.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.worker.driver.process.Probes.Probe;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The probes with a platform that is no root. Needs root, to become somebody else. */
class OrdinaryUserTest {

  private static final int NOBODY = 65534;

  /** Below no folder that an instance has for its own, so that hiding it is what keeps it away. */
  private static Path place;

  @BeforeAll
  static void copy_the_program() throws IOException {
    assumeTrue(OsProcess.isRoot() && HostRequirements.onPath("setpriv"), "it takes root");
    place = Files.createTempDirectory(Path.of("/var/lib"), "muster-probes");
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
    copyClasses(Files.createDirectory(place.resolve("lib")));
    Files.createDirectory(place.resolve("programs"));
    Files.createFile(place.resolve("programs/platform.jar"));
    for (var own : List.of("programs", "programs/platform.jar")) {
      Files.setAttribute(place.resolve(own), "unix:uid", NOBODY);
    }
  }

  @AfterAll
  static void clean_up() throws IOException {
    if (place != null) {
      // Without isolation, a probe has written other pids where the platform looks for its own.
      OsProcess.all().stream()
          .filter(process -> process.isOf(NOBODY) && isOurs(process.session()))
          .toList()
          .forEach(process -> Posix.kill(process, Posix.SIGKILL));
      FileTree.delete(place);
    }
  }

  private static boolean isOurs(long leader) {
    try {
      return Files.readString(Path.of("/proc/" + leader + "/cmdline")).contains(place.toString());
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void namespaces_keep_instances_apart() throws Exception {
    var said = probed("namespaces", List.of(), System.getenv("PATH"));

    assumeTrue(said.getFirst().startsWith("kind namespace"), said.getFirst());
    assertThat(said.subList(1, 3)).containsExactly("paused true", "deleted true");
    assertThat(said.subList(3, said.size()))
        .containsExactlyElementsOf(Probe.all().stream().map(Probe::inNamespace).toList());
  }

  @Test
  void without_unshare_nothing_is_isolated_and_it_says_so() throws Exception {
    var path = pathWithout("unshare");
    var said = probed("none", List.of(), path);

    assertThat(said.getFirst())
        .isEqualTo(
            "kind none the platform does not run as root, and 'unshare' of util-linux is not on the"
                + " PATH");
    assertThat(said.subList(1, said.size()))
        .containsExactlyElementsOf(Probe.all().stream().map(Probe::without).toList());
  }

  @Test
  void a_proc_that_hides_others_from_the_platform_changes_nothing() throws Exception {
    var hiding =
        List.of(
            "unshare",
            "--mount",
            "sh",
            "-c",
            "mount -t proc -o hidepid=invisible none /proc && exec \"$@\"",
            "sh");
    var said = probed("hidepid", hiding, System.getenv("PATH"));

    assumeTrue(said.getFirst().startsWith("kind namespace"), said.getFirst());
    assertThat(said.subList(1, 3)).containsExactly("paused true", "deleted true");
  }

  private static List<String> probed(String name, List<String> before, String path)
      throws Exception {
    var data = Files.createDirectory(place.resolve(name));
    Files.setAttribute(data, "unix:uid", NOBODY);
    var words = new ArrayList<>(before);
    words.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
    words.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-Xmx128m",
            "-Duser.home=" + data.resolve("home"),
            "-Dmuster.programs=" + place.resolve("programs"),
            "-cp",
            place.resolve("lib/classes") + ":" + place.resolve("lib/*"),
            Probes.class.getName(),
            data.toString()));
    var builder = new ProcessBuilder(words).redirectError(Redirect.DISCARD);
    builder.environment().keySet().removeIf(variable -> !variable.equals("PATH"));
    builder.environment().put("PATH", path);
    var process = builder.start();
    var lines = new String(process.getInputStream().readAllBytes()).lines();
    return lines.filter(line -> line.matches("(kind|paused|deleted|works|fails) .*")).toList();
  }

  private static String pathWithout(String tool) throws IOException {
    var tools = Files.createDirectory(place.resolve("tools"));
    var seen = new LinkedHashSet<String>(List.of(tool));
    for (var folder : System.getenv("PATH").split(":")) {
      if (Files.isDirectory(Path.of(folder))) {
        try (var files = Files.newDirectoryStream(Path.of(folder))) {
          for (var file : files) {
            if (seen.add(file.getFileName().toString())) {
              Files.createSymbolicLink(tools.resolve(file.getFileName()), file);
            }
          }
        }
      }
    }
    return tools.toString();
  }

  // Where others cannot read what the build has made.
  private static void copyClasses(Path lib) throws IOException {
    var path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    for (var entry : path.split(":")) {
      var from = Path.of(entry);
      if (Files.isDirectory(from)) {
        copyTree(from, lib.resolve("classes"));
      } else if (Files.exists(from)) {
        copyReadable(from, lib.resolve(from.getFileName()));
      }
    }
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (var file : files.toList()) {
        var target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
          Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
        } else {
          copyReadable(file, target);
        }
      }
    }
  }

  private static void copyReadable(Path file, Path target) throws IOException {
    if (!Files.exists(target)) {
      Files.copy(file, target);
      Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r--r--"));
    }
  }
}
