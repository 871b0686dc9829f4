package dev.muster.cli.access;

import dev.muster.cli.Environment;
import dev.muster.cli.output.JsonText;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "create",
    description = "Issue a key.",
    footer = {"", "Examples:", "  muster keys create deploy --scope operate --expires 90d"})
public final class CreateKey extends KeyIssue {

  @Parameters(paramLabel = "NAME", description = "What people call it.")
  private String name = "";

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      split = ",",
      required = true,
      description = "What it may do: read, operate, audit, admin; several with commas.")
  private List<String> scopes = List.of();

  public CreateKey(Environment environment) {
    super(environment);
  }

  @Override
  ObjectNode body() {
    var body = JsonText.MAPPER.createObjectNode().put("name", name);
    scopes.forEach(body.putArray("scopes")::add);
    return body;
  }
}
