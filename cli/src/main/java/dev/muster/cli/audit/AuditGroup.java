package dev.muster.cli.audit;

import dev.muster.cli.Environment;
import dev.muster.cli.server.Group;
import picocli.CommandLine.Command;

@Command(
    name = "audit",
    description =
        "Ask the audit log who did what, export it, and prove that nothing in it was changed.",
    subcommands = {
      ActorsOfInstance.class,
      SearchAudit.class,
      ExportAudit.class,
      VerifyAudit.class,
      ReceiptOfOperation.class,
      ProveAudit.class
    },
    footer = {
      "",
      "Examples:",
      "  muster audit who my-bot --action pause",
      "  muster audit search --actor admin --type PauseRequested",
      "  muster audit export log.ndjson && muster audit verify log.ndjson"
    })
public final class AuditGroup extends Group {

  public AuditGroup(Environment environment) {
    super(environment);
  }
}
