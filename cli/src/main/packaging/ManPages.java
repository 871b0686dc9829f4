import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.muster.cli.CommandTree;
import dev.muster.cli.Environment;
import dev.muster.cli.Program;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Writes a manual page for each command: what its help says.
 *
 * <p>Usage: java ManPages.java FOLDER
 */
final class ManPages {

  private ManPages() {}

  public static void main(String[] arguments) throws IOException {
    var folder = Files.createDirectories(Path.of(arguments[0]));
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    var environment =
        new Environment(
            Map.of(),
            InputStream.nullInputStream(),
            nowhere,
            nowhere,
            false,
            false,
            false,
            0,
            Clock.systemUTC());
    var tree = Program.prepared(CommandTree.whole(environment), environment);
    for (var line : all(tree).toList()) {
      Files.writeString(folder.resolve(name(line.getCommandSpec()) + ".1"), page(line), UTF_8);
    }
  }

  private static Stream<CommandLine> all(CommandLine line) {
    return Stream.concat(
        Stream.of(line), line.getSubcommands().values().stream().distinct().flatMap(ManPages::all));
  }

  private static String name(CommandSpec command) {
    return command.qualifiedName().replace(' ', '-');
  }

  private static String page(CommandLine line) {
    var command = line.getCommandSpec();
    var said = String.join(" ", command.usageMessage().description());
    return """
    .TH %s 1 "" "Muster" "Muster"
    .SH NAME
    %s \\- %s
    .SH USAGE
    .nf
    %s
    .fi
    """
        .formatted(
            name(command).toUpperCase(Locale.ROOT),
            name(command).replace("-", "\\-"),
            plain(said),
            line.getUsageMessage(Ansi.OFF).lines().map(ManPages::plain).collect(joining("\n")));
  }

  /** What begins with a dot or a quote would be a request of roff. */
  private static String plain(String line) {
    var text = line.stripTrailing().replace("\\", "\\e").replace("-", "\\-");
    return text.startsWith(".") || text.startsWith("'") ? "\\&" + text : text;
  }
}
