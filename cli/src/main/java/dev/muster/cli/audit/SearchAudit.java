package dev.muster.cli.audit;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.output.OutputOptions;
import dev.muster.cli.server.ServerCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "search",
    description = "Find events of instances, keys and operators, the oldest first.",
    footer = {
      "",
      "Examples:",
      "  muster audit search --actor admin --from 2h",
      "  muster audit search --type KeyRevoked -o json"
    })
public final class SearchAudit extends ServerCommand {

  @Mixin private AuditFilterOptions filter = new AuditFilterOptions();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Show no more than that.")
  private int limit = 1000;

  @Mixin private OutputOptions output = new OutputOptions();

  public SearchAudit(Environment environment) {
    super(environment);
  }

  @Override
  protected Exit run() {
    var answers = output.into(environment, AuditListing.EVENTS);
    answers.show(api().rows(filter.search(api(), environment.clock()), limit));
    return Exit.DONE;
  }
}
