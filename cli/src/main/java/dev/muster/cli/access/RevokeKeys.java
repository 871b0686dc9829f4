package dev.muster.cli.access;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.api.Call;
import dev.muster.cli.server.Question;
import dev.muster.cli.server.ServerCommand;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "revoke",
    description = "Revoke keys; they open nothing any more.",
    footer = {"", "Examples:", "  muster keys revoke key_7OD7ojMX --yes"})
public final class RevokeKeys extends ServerCommand {

  @Parameters(paramLabel = "ID", arity = "1..*", description = "Which, as in: muster keys list")
  private List<String> ids = List.of();

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask before.")
  private boolean yes;

  public RevokeKeys(Environment environment) {
    super(environment);
  }

  @Override
  protected Exit run() {
    if (!yes) {
      Question.confirm(environment, "Revoke %s?".formatted(String.join(", ", ids)));
    }
    for (var id : ids) {
      api().command(Call.delete("/api/keys/" + Call.encoded(id)));
      environment.say(id + " revoked");
    }
    return Exit.DONE;
  }
}
