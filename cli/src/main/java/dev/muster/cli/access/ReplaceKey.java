package dev.muster.cli.access;

import dev.muster.cli.Environment;
import dev.muster.cli.output.JsonText;
import dev.muster.cli.server.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "replace",
    description = "Issue the successor of a key; both are good for a while.",
    footer = {"", "Examples:", "  muster keys replace key_7OD7ojMX --overlap 1h"})
public final class ReplaceKey extends KeyIssue {

  @Parameters(paramLabel = "ID", description = "Which, as in: muster keys list")
  private String id = "";

  @Option(
      names = "--overlap",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "How long the old one is still good; a day without it.")
  private @Nullable Duration overlap;

  public ReplaceKey(Environment environment) {
    super(environment);
  }

  @Override
  ObjectNode body() {
    var body = JsonText.MAPPER.createObjectNode().put("replaces", id);
    if (overlap != null) {
      body.put("overlap_secs", overlap.toSeconds());
    }
    return body;
  }
}
