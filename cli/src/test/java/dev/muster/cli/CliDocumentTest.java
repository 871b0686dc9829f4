package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/**
 * The page about the command line is made of the commands themselves. {@code -Dmuster.docs=write}
 * writes it.
 */
class CliDocumentTest {

  private static final Path PAGE = Path.of("../docs/cli.md");
  private static final String BEGIN = "<!-- commands: begin -->\n";
  private static final String END = "<!-- commands: end -->\n";

  private static CommandLine tree() {
    var environment = new Terminal().environment();
    return Program.prepared(CommandTree.whole(environment), environment);
  }

  private static Stream<CommandLine> all(CommandLine line) {
    return Stream.concat(
        Stream.of(line),
        line.getSubcommands().values().stream().distinct().flatMap(CliDocumentTest::all));
  }

  static List<CommandLine> commands() {
    return all(tree()).toList();
  }

  @Test
  void the_page_is_as_the_commands_are() throws IOException {
    var page = Files.readString(PAGE);
    var text = new StringBuilder();
    commands().forEach(line -> text.append(section(line)));
    var made =
        page.substring(0, page.indexOf(BEGIN)) + BEGIN + text + page.substring(page.indexOf(END));
    if ("write".equals(System.getProperty("muster.docs"))) {
      Files.writeString(PAGE, made);
    }
    assertThat(Files.readString(PAGE)).as("write it with -Dmuster.docs=write").isEqualTo(made);
  }

  private static String section(CommandLine line) {
    var usage = line.getUsageMessage(CommandLine.Help.Ansi.OFF);
    var lines = usage.lines().map(String::stripTrailing).toList();
    return "\n### %s\n\n```\n%s\n```\n"
        .formatted(line.getCommandSpec().qualifiedName(), String.join("\n", lines));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void every_command_has_help_with_an_example(CommandLine line) {
    var name = line.getCommandSpec().qualifiedName();
    var usage = line.getUsageMessage(CommandLine.Help.Ansi.OFF);

    assertThat(line.getCommandSpec().usageMessage().description()).isNotEmpty();
    assertThat(usage).contains("Examples:").containsPattern("(?m)^  (\\./|source <\\()?" + name);
    assertThat(line.getCommandSpec().optionsMap()).containsKey("--help");
  }

  @Test
  void examples_use_options_that_there_are() {
    var known =
        commands().stream()
            .flatMap(line -> line.getCommandSpec().optionsMap().keySet().stream())
            .toList();
    var used =
        commands().stream()
            .flatMap(line -> Arrays.stream(line.getCommandSpec().usageMessage().footer()))
            .map(example -> example.replaceAll(" -- .*", ""))
            .flatMap(example -> Arrays.stream(example.split(" ")))
            .filter(word -> word.startsWith("--"));
    assertThat(used).isNotEmpty().isSubsetOf(known);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "list",
        "get",
        "create",
        "pause",
        "resume",
        "restart",
        "delete",
        "health",
        "history",
        "logs",
        "ssh",
        "exec",
        "wait",
        "describe",
        "hosts",
        "regions",
        "workers",
        "workers drain",
        "dead-letters list",
        "dead-letters show",
        "dead-letters retry",
        "dead-letters drop",
        "events",
        "audit search",
        "audit export",
        "audit proof",
        "audit verify",
        "audit who",
        "audit receipt",
        "keys list",
        "keys create",
        "keys replace",
        "keys revoke",
        "context add",
        "context use",
        "context list",
        "context remove",
        "login",
        "whoami",
        "top",
        "doctor",
        "explain",
        "completion",
        "version",
        "up",
        "down",
        "recover",
        "infra",
        "service"
      })
  void every_command_of_the_plan_is_there(String name) {
    assertThat(commands())
        .extracting(line -> line.getCommandSpec().qualifiedName())
        .contains("muster " + name);
  }
}
