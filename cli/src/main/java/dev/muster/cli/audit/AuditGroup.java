package dev.muster.cli.audit;

import dev.muster.cli.Environment;
import dev.muster.cli.server.Group;
import picocli.CommandLine.Command;

@Command(
    name = "audit",
    description = "Search the audit log, export it, and get proofs of what is in it.",
    subcommands = {SearchAudit.class, ExportAudit.class, ProveAudit.class},
    footer = {"", "Examples:", "  muster audit search --actor admin --type PauseRequested"})
public final class AuditGroup extends Group {

  public AuditGroup(Environment environment) {
    super(environment);
  }
}
