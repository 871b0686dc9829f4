package dev.muster.worker.driver.process;

import dev.muster.events.instance.InstanceSpec;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The program to run for a spec, its arguments, its environment, and its folder.
 *
 * @param as words that become its user; none when it runs as the platform does
 * @param joins files of its cgroup that take its pid, while it is still the platform
 */
record LaunchCommand(
    List<String> words,
    Map<String, String> environment,
    Path work,
    List<String> as,
    List<Path> joins) {

  /** Set in shells alone, for those who want to tell. */
  static final String SHELL_VARIABLE = "MUSTER_SHELL";

  private static final String SHELL_WORDS =
      " " + SHELL_VARIABLE + "=1 ${TERM:+\"TERM=$TERM\"} \"$@\"\n";

  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  /** The spec's own command, or the bot when it names none, under a small clean environment. */
  static LaunchCommand of(
      String instanceId, String runId, InstanceSpec spec, Path work, String bot) {
    var environment = new TreeMap<String, String>();
    environment.put("PATH", PATH);
    environment.put("HOME", work.toString());
    environment.put("LANG", "C.UTF-8");
    environment.putAll(spec.env());
    environment.put(InstanceTree.ID_VARIABLE, instanceId);
    environment.put("MUSTER_INSTANCE_NAME", spec.name());
    environment.put("MUSTER_REGION", spec.region());
    environment.put("MUSTER_RUN_ID", runId);
    var words = spec.command().isEmpty() ? List.of("sh", "-c", bot) : spec.command();
    return new LaunchCommand(words, environment, work, List.of(), List.of());
  }

  LaunchCommand as(List<String> becoming) {
    return new LaunchCommand(words, environment, work, becoming, joins);
  }

  LaunchCommand in(List<Path> cgroup) {
    return new LaunchCommand(words, environment, work, as, cgroup);
  }

  /** Why a process host cannot run it, or empty when it can. */
  static Optional<String> refusal(InstanceSpec spec) {
    if (spec.image() != null) {
      return Optional.of(
          "image '%s' cannot be run here: process hosts run commands, not images"
              .formatted(spec.image()));
    }
    return Optional.empty();
  }

  /** Why this command cannot be started from that folder, as far as can be told beforehand. */
  Optional<String> refusal() {
    if (words.stream().anyMatch(LaunchCommand::hasNul)
        || environment.values().stream().anyMatch(LaunchCommand::hasNul)) {
      return Optional.of("command and env cannot hold the character U+0000");
    }
    var names = environment.keySet();
    if (names.stream().anyMatch(n -> n.isEmpty() || n.indexOf('=') >= 0 || hasNul(n))) {
      return Optional.of("env has a name that is empty or holds '=': " + names);
    }
    return programRefusal(words.getFirst());
  }

  private Optional<String> programRefusal(String program) {
    if (program.isEmpty() || program.indexOf('=') >= 0) {
      return Optional.of("command '%s' is empty or holds '='".formatted(program));
    }
    try {
      var places = program.contains("/") ? List.of(work) : searchPath();
      var files = places.stream().map(place -> place.resolve(program)).toList();
      if (files.stream().noneMatch(Files::isRegularFile)) {
        return Optional.of("command '%s' is not found".formatted(program));
      }
      return files.stream().anyMatch(f -> Files.isRegularFile(f) && Files.isExecutable(f))
          ? Optional.empty()
          : Optional.of("command '%s' is not executable".formatted(program));
    } catch (InvalidPathException e) {
      // A name that this JVM's locale cannot spell; the shell can.
      return Optional.empty();
    }
  }

  private List<Path> searchPath() {
    var path = environment.getOrDefault("PATH", PATH);
    return Arrays.stream(path.split(":")).filter(p -> !p.isEmpty()).map(Path::of).toList();
  }

  /**
   * A line for a POSIX shell that becomes the command. Through a file, because what Java can hand
   * to a process depends on the locale it was started in.
   */
  String script() {
    var line = new StringBuilder(becoming(as));
    words.forEach(word -> line.append(' ').append(quoted(word)));
    return line.append('\n').toString();
  }

  /** The same for whatever words the script is given: somebody's shell, with their terminal. */
  String shellScript(Namespaces namespaces) {
    if (namespaces == Namespaces.NONE) {
      return joinScript() + becoming(as) + SHELL_WORDS;
    }
    var entering = new ArrayList<>(namespaces.enter("${holder%% *}"));
    entering.addAll(as);
    return joinScript()
        + "read -r holder <\"${0%%.env.sh}/%s\" || exit\n".formatted(namespaces.holder())
        + becoming(entering)
        + SHELL_WORDS;
  }

  /** Lines for a shell that is to be in the cgroup, and is still the platform. */
  String joinScript() {
    return joins.stream()
        .map(file -> "echo 0 >%s || exit 126\n".formatted(quoted(file.toString())))
        .collect(Collectors.joining());
  }

  // A run in the background ignores some signals, and whoever enters a namespace is at its root.
  private String becoming(List<String> before) {
    var line = new StringBuilder(as.isEmpty() ? "exec" : "umask 077\nexec");
    before.forEach(word -> line.append(' ').append(word));
    line.append(" env --default-signal --chdir=").append(quoted(work.toString())).append(" -i --");
    environment.forEach((name, value) -> line.append(' ').append(quoted(name + "=" + value)));
    return line.toString();
  }

  private static boolean hasNul(String text) {
    return text.indexOf('\0') >= 0;
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
