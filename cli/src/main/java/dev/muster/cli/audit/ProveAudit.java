package dev.muster.cli.audit;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import dev.muster.cli.api.Call;
import dev.muster.cli.output.OutputOptions;
import dev.muster.cli.server.ServerCommand;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "proof",
    description =
        "Get the proof that an event is in the log, or that a larger log has all of a smaller one.",
    footer = {
      "",
      "Examples:",
      "  muster audit proof --index 0",
      "  muster audit proof --from 10 --size 20 -o json",
      "  muster audit proof --index 0 --note > event.proof"
    })
public final class ProveAudit extends ServerCommand {

  @Option(
      names = "--index",
      paramLabel = "N",
      description = "Of that event, as audit search has it.")
  private @Nullable Long index;

  @Option(names = "--from", paramLabel = "SIZE", description = "Of that smaller size.")
  private @Nullable Long from;

  @Option(names = "--size", paramLabel = "SIZE", description = "In the log of that size.")
  private @Nullable Long size;

  @Option(names = "--note", description = "As text with a signed checkpoint, for other tools.")
  private boolean note;

  @Mixin private OutputOptions output = new OutputOptions();

  public ProveAudit(Environment environment) {
    super(environment);
  }

  @Override
  protected Exit run() {
    var answers = output.into(environment, AuditListing.PROOFS);
    if ((index == null) == (from == null)) {
      throw new Failure(Exit.USAGE, "give either --index or --from");
    }
    var call =
        Call.get("/api/audit/proof")
            .query("index", Optional.ofNullable(index))
            .query("from", Optional.ofNullable(from))
            .query("size", Optional.ofNullable(size));
    if (note) {
      environment.print(api().send(call.header("Accept", "text/plain")).body());
    } else {
      answers.show(api().send(call).json());
    }
    return Exit.DONE;
  }
}
