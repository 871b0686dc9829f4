package dev.muster.cli;

import static java.util.stream.Collectors.joining;

import dev.muster.cli.server.Nearest;
import dev.muster.cli.server.StatusException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IExitCodeExceptionMapper;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads a command line, does what it says, and tells what went wrong. */
public final class Program {

  private static final int LEAST_WIDTH = 55;
  private static final int WIDTH = 80;

  private final Environment environment;

  public Program(Environment environment) {
    this.environment = environment;
  }

  /** Returns the exit status; see {@link Exit}. */
  public int run(String... given) {
    var arguments = withoutHelpFirst(given);
    try {
      int status =
          prepared(CommandTree.forCall(environment, arguments), environment).execute(arguments);
      environment.flush();
      return status;
    } catch (ClosedPipe e) {
      return Exit.DONE.status();
    } catch (Failure e) {
      environment.fail(e);
      return e.exit().status();
    }
  }

  /** With help and failures as this program has them. */
  public static CommandLine prepared(CommandLine line, Environment environment) {
    line.setOut(new PrintWriter(environment.out(), true));
    line.setErr(new PrintWriter(environment.err(), true));
    line.setUsageHelpWidth(
        environment.columns() == 0 ? WIDTH : Math.max(LEAST_WIDTH, environment.columns()));
    line.setColorScheme(CommandLine.Help.defaultColorScheme(ansi(environment)));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExpandAtFiles(false);
    line.setParameterExceptionHandler((e, _) -> refuse(e, environment));
    line.setExecutionExceptionHandler((e, _, _) -> failed(e, environment));
    IExitCodeExceptionMapper never = _ -> Exit.FAILED.status();
    line.setExitCodeExceptionMapper(never);
    line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, help -> commands(help));
    line.getCommandSpec()
        .usageMessage()
        .commandListHeading("%n")
        .exitCodeListHeading("%nExit status:%n")
        .exitCodeList(exits());
    return line;
  }

  private static Ansi ansi(Environment environment) {
    return environment.outIsTerminal() && environment.takesColours() ? Ansi.ON : Ansi.OFF;
  }

  private static Map<String, String> exits() {
    var exits = new LinkedHashMap<String, String>();
    for (var exit : Exit.values()) {
      exits.put(Integer.toString(exit.status()), exit.meaning());
    }
    return exits;
  }

  /** {@code help list} is {@code list --help}. */
  private String[] withoutHelpFirst(String[] given) {
    if (given.length == 0 || !given[0].equals("help")) {
      return given;
    }
    var words = Arrays.copyOfRange(given, 1, given.length);
    var command = CommandTree.whole(environment);
    for (var word : words) {
      command = command.getSubcommands().get(word);
      if (command == null) {
        return words; // which are refused as they would be without help
      }
    }
    return Stream.concat(Stream.of(words), Stream.of("--help")).toArray(String[]::new);
  }

  private static String commands(CommandLine.Help help) {
    if (help.commandSpec().parent() != null) {
      return help.commandList(help.subcommands());
    }
    var text = new StringBuilder();
    var subcommands = help.commandSpec().subcommands();
    CommandTree.GROUPS.forEach(
        (title, types) -> {
          text.append(text.isEmpty() ? "" : System.lineSeparator());
          text.append(title).append(':').append(System.lineSeparator());
          types.forEach(
              type ->
                  Optional.ofNullable(subcommands.get(CommandTree.name(type)))
                      .ifPresent(one -> text.append(commandLine(one.getCommandSpec()))));
        });
    return text.toString();
  }

  private static String commandLine(CommandSpec command) {
    var said = command.usageMessage().description();
    var first = said.length == 0 ? "" : said[0].replaceAll("[.:;] .*", ".");
    return "  %-14s%s%n".formatted(command.name(), first);
  }

  private static int refuse(ParameterException e, Environment environment) {
    var cause = e.getCause() instanceof Failure failure ? failure : null;
    if (cause != null) {
      environment.fail(cause);
      return cause.exit().status();
    }
    var name = e.getCommandLine().getCommandSpec().qualifiedName();
    environment.fail(
        new Failure(
            Exit.USAGE,
            what(e),
            Stream.concat(meant(e).stream(), Stream.of("See " + name + " --help")).toList()));
    return Exit.USAGE.status();
  }

  private static String what(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      var word = unmatched.getUnmatched().getFirst();
      var command = e.getCommandLine().getCommandSpec();
      if (word.startsWith("-")) {
        return "'%s' is no option of %s".formatted(word, command.qualifiedName());
      }
      return command.subcommands().isEmpty()
          ? "'%s' is one word too many".formatted(word)
          : "'%s' is no command".formatted(word);
    }
    return String.valueOf(e.getMessage())
        .lines()
        .findFirst()
        .orElse("")
        .replace("for option option", "for option")
        .replaceAll("is not an? (int|long)$", "is no whole number that fits")
        .replaceAll("is not a double$", "is no number");
  }

  private static List<String> meant(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)
        || unmatched.getUnmatched().isEmpty()) {
      return List.of();
    }
    var word = unmatched.getUnmatched().getFirst();
    var command = e.getCommandLine().getCommandSpec();
    var known =
        word.startsWith("-") ? command.optionsMap().keySet() : command.subcommands().keySet();
    var near = Nearest.to(word, known);
    return near.isEmpty()
        ? List.of()
        : List.of(near.stream().collect(joining(", ", "Did you mean ", "?")));
  }

  private static int failed(Exception e, Environment environment) {
    return switch (e) {
      case ClosedPipe _ -> Exit.DONE.status();
      case StatusException status -> status.status();
      case Failure failure -> {
        environment.fail(failure);
        yield failure.exit().status();
      }
      case TypeConversionException wrong -> {
        environment.fail(new Failure(Exit.USAGE, String.valueOf(wrong.getMessage())));
        yield Exit.USAGE.status();
      }
      default -> {
        environment.tell("muster: a fault of this program: " + e);
        if (environment.variable("MUSTER_DEBUG").isPresent()) {
          e.printStackTrace(environment.err());
        } else {
          environment.tell("  With MUSTER_DEBUG=1 it says where.");
        }
        yield Exit.FAILED.status();
      }
    };
  }
}
