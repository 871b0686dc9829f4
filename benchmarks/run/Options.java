package run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a benchmark was asked for.
 *
 * @param muster the launcher
 * @param out the folder for what is found
 * @param check whether to fail when a ratio is far out of its band
 * @param instances the greatest size, or 0 for the usual ones
 */
public record Options(Path muster, Path out, boolean quick, boolean check, long instances) {

  /** Arguments: the launcher, the folder, and options. */
  public static Options of(String[] arguments) {
    var options = Arrays.asList(arguments).subList(2, arguments.length);
    int size = options.indexOf("--instances");
    return new Options(
        Path.of(arguments[0]),
        Path.of(arguments[1]),
        options.contains("--quick"),
        options.contains("--check"),
        size < 0 ? 0 : Long.parseLong(options.get(size + 1)));
  }

  /** What a user calls for it. */
  public String command(String name) {
    var words = new ArrayList<>(List.of("./muster", "bench", name));
    if (quick) {
      words.add("--quick");
    }
    if (instances > 0) {
      words.add("--instances");
      words.add("" + instances);
    }
    return String.join(" ", words);
  }
}
