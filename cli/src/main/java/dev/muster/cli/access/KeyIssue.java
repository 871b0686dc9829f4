package dev.muster.cli.access;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.api.Call;
import dev.muster.cli.output.OutputOptions;
import dev.muster.cli.server.ServerCommand;
import dev.muster.cli.server.Times;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** Gets a new key, and shows it this once. */
abstract class KeyIssue extends ServerCommand {

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      description = "When it ends by itself: in how long, such as 30d, or RFC 3339.")
  private @Nullable String expires;

  @Mixin private OutputOptions output = new OutputOptions();

  KeyIssue(Environment environment) {
    super(environment);
  }

  /** What is asked for, but for when it ends. */
  abstract ObjectNode body();

  @Override
  protected final Exit run() {
    var answers = output.into(environment, KeyListing.ISSUED);
    var body = body();
    if (expires != null) {
      body.put("expires_at", Times.future(expires, environment.clock()).toString());
    }
    answers.show(api().command(Call.post("/api/keys", body.toString())).json());
    if (output.isTable()) {
      environment.tell("The key is shown this once.");
    }
    return Exit.DONE;
  }
}
