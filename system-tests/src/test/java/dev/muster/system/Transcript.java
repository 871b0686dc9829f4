package dev.muster.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Lines of a shell and what they print, as a file: each line begins with {@code "$ "}, and what it
 * prints follows, then its exit status in brackets where it is not 0. What differs from run to run
 * is masked, as in {@code <instance>}.
 */
record Transcript(Path file) {

  private static final String PROMPT = "$ ";

  /** Where they are in the sources. */
  private static final Path FOLDER =
      Path.of(System.getProperty("muster.home"), "system-tests/src/test/resources/transcripts");

  private static final Map<Pattern, String> MASKS = masks();

  static List<Transcript> all() throws IOException {
    try (var files = Files.list(FOLDER)) {
      return files.sorted().map(Transcript::new).toList();
    }
  }

  private static Map<Pattern, String> masks() {
    var masks = new LinkedHashMap<Pattern, String>();
    masks.put(Pattern.compile("\\b(inst|op|ev|out|req)_[0-9a-z]{26}"), "<$1>");
    masks.put(Pattern.compile("\\bik_\\w+"), "<secret>");
    masks.put(Pattern.compile("\\bkey_[0-9A-Za-z]{8}\\b"), "<key>");
    masks.put(Pattern.compile("-p \\d+ <inst>\\.[0-9a-f]+@"), "-p <port> <inst>.<ticket>@");
    masks.put(Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z"), "<time>");
    masks.put(Pattern.compile("(_at|_heartbeat)\" ?: ?\\d+"), "$1\" : <time>");
    masks.put(Pattern.compile("\\b\\d+(ms|s|m|h|d)\\b"), "<age>");
    masks.put(Pattern.compile("[0-9A-Za-z+/]{43}=|\\b[0-9a-f]{64}\\b"), "<hash>");
    masks.put(Pattern.compile("[0-9A-Za-z+/]{22}=="), "<salt>");
    masks.put(Pattern.compile("http://localhost:(?!1\\b)\\d+"), "<url>");
    masks.put(Pattern.compile("local-\\d+"), "<context>");
    masks.put(Pattern.compile("\\bmuster/[0-9a-f]{12}(\\+[0-9a-f]{8})?\\b"), "<log>");
    masks.put(Pattern.compile("\\b[0-9][0-9,]* events?\\b"), "<n> events");
    masks.put(Pattern.compile("\\bindex \\d+(?=  )"), "index <n>");
    masks.put(Pattern.compile("\\S+/admin\\.key"), "<folder>/admin.key");
    masks.put(Pattern.compile("\\b127\\.0\\.0\\.1\\b|\\b(0:){7}1\\b"), "<ip>");
    masks.put(Pattern.compile("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\b"), "<version>");
    masks.put(Pattern.compile("\"health\" ?: (null|\\{[^}]*\\})"), "\"health\" : <health>");
    masks.put(Pattern.compile("Health: .*"), "Health: <health>");
    masks.put(Pattern.compile("(-|\\d+\\.\\d+) +(-|\\d+) +<age>"), "<cpu>  <memory>  <age>");
    masks.put(
        Pattern.compile(
            "\"(leaf_index|size|position|cpu_percent|\\w+_mb|\\w+_secs|lag_\\w+|\\w+_ms)\" ?:"
                + " ?[0-9.]+"),
        "\"$1\" : <n>");
    masks.put(Pattern.compile("(?m)^ *\\d+  <age>"), "<n>  <age>");
    masks.put(Pattern.compile(" {2,}(?=\\S)"), "  ");
    masks.put(Pattern.compile("(?m) +$"), "");
    return masks;
  }

  /** The lines of the shell. */
  Stream<String> lines() {
    return text()
        .lines()
        .filter(line -> line.startsWith(PROMPT))
        .map(line -> line.substring(PROMPT.length()));
  }

  String text() {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(String text) throws IOException {
    Files.writeString(file, text);
  }

  /** What the same lines print now. */
  String of(CommandLine muster) throws IOException, InterruptedException {
    var text = new ArrayList<String>();
    for (var line : lines().toList()) {
      var result = muster.bash(line);
      text.add(PROMPT + line + "\n");
      text.add(masked(result.out() + result.err()));
      if (result.status() != 0) {
        text.add("[%d]\n".formatted(result.status()));
      }
    }
    return String.join("", text);
  }

  private static String masked(String printed) {
    var masked = printed;
    for (var mask : MASKS.entrySet()) {
      masked = mask.getKey().matcher(masked).replaceAll(mask.getValue());
    }
    return masked;
  }

  @Override
  public String toString() {
    return file.getFileName().toString();
  }
}
