package dev.muster.cli.access;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import dev.muster.cli.context.Contexts;
import dev.muster.cli.output.JsonText;
import dev.muster.cli.output.OutputOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

@Command(
    name = "list",
    description = "List the servers that are kept; never a key.",
    footer = {"", "Examples:", "  muster context list"})
public final class ListContexts extends ContextCommand {

  @Mixin private OutputOptions output = new OutputOptions();

  public ListContexts(Environment environment) {
    super(environment);
  }

  @Override
  protected Exit run() {
    var answers = output.into(environment, KeyListing.CONTEXTS);
    var contexts = contexts();
    answers.show(contexts.names().stream().map(name -> row(contexts, name)).toList());
    return Exit.DONE;
  }

  private static JsonNode row(Contexts contexts, String name) {
    var row =
        JsonText.MAPPER
            .createObjectNode()
            .put("current", contexts.current().filter(name::equals).isPresent() ? "*" : "")
            .put("name", name);
    try {
      var context = contexts.get(name);
      return row.put("url", context.url()).put("key_from", context.keyFrom());
    } catch (Failure e) {
      return row.put("url", "(%s)".formatted(e.what())).put("key_from", "");
    }
  }
}
