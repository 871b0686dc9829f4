package dev.muster.cli.instance;

import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import java.util.LinkedHashMap;
import java.util.Map;

/** Variables, one {@code KEY=VALUE} a line. */
final class EnvironmentFile {

  private EnvironmentFile() {}

  static Map<String, String> read(String text) {
    var variables = new LinkedHashMap<String, String>();
    int number = 0;
    for (var line : text.lines().toList()) {
      number++;
      if (line.isBlank() || line.stripLeading().startsWith("#")) {
        continue;
      }
      int equals = line.indexOf('=');
      if (equals < 1) {
        // The line may be a secret: it is not repeated.
        throw new Failure(Exit.USAGE, "line %d of the env file is no KEY=VALUE".formatted(number));
      }
      variables.put(line.substring(0, equals).strip(), unquoted(line.substring(equals + 1)));
    }
    return variables;
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() > 1
            && (value.startsWith("\"") && value.endsWith("\"")
                || value.startsWith("'") && value.endsWith("'"));
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
