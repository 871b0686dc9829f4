package dev.muster.cli.instance;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** What was given before {@code --}, and after it. */
record CommandWords(List<String> before, List<String> after) {

  static CommandWords of(CommandSpec spec, List<String> words) {
    var all = spec.root().commandLine().getParseResult().originalArgs();
    int delimiter = all.indexOf("--");
    if (delimiter < 0) {
      return new CommandWords(words, List.of());
    }
    var after = List.copyOf(all.subList(delimiter + 1, all.size()));
    return new CommandWords(words.subList(0, words.size() - after.size()), after);
  }
}
