package dev.muster.cli.help;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Completion for fish: a line for each command and each option. */
final class FishCompletion {

  private FishCompletion() {}

  static String of(CommandLine line) {
    var top =
        line.getSubcommands().values().stream()
            .distinct()
            .map(CommandLine::getCommandSpec)
            .toList();
    var words = top.stream().map(CommandSpec::name).collect(joining(" "));
    var first = "not __fish_seen_subcommand_from " + words;
    return Stream.of(
            Stream.of("complete -c muster -f"),
            top.stream().map(one -> word(first, one)),
            top.stream().flatMap(FishCompletion::below))
        .flatMap(lines -> lines)
        .collect(joining("\n", "", "\n"));
  }

  private static Stream<String> below(CommandSpec command) {
    var seen = "__fish_seen_subcommand_from " + command.name();
    var subcommands = specs(command.subcommands().values());
    return Stream.concat(
        subcommands.map(one -> word(seen, one)),
        Stream.concat(Stream.of(command), specs(command.subcommands().values()))
            .flatMap(one -> one.options().stream())
            .map(option -> option(seen, option))
            .distinct());
  }

  private static Stream<CommandSpec> specs(Collection<CommandLine> lines) {
    return lines.stream().distinct().map(CommandLine::getCommandSpec);
  }

  private static String word(String when, CommandSpec command) {
    return "complete -c muster -n '%s' -a %s -d '%s'"
        .formatted(when, command.name(), described(command.usageMessage().description()));
  }

  private static String option(String when, OptionSpec option) {
    var names =
        Arrays.stream(option.names())
            .map(
                name ->
                    name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1))
            .collect(joining(" "));
    return "complete -c muster -n '%s' %s%s -d '%s'"
        .formatted(
            when, names, option.arity().max() > 0 ? " -r" : "", described(option.description()));
  }

  private static String described(String[] lines) {
    return String.join(" ", lines).replace("\\", "\\\\").replace("'", "\\'");
  }
}
