package dev.muster.cli.instance;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import dev.muster.cli.output.OutputOptions;
import dev.muster.cli.server.Durations;
import dev.muster.cli.server.ServerCommand;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
    name = "health",
    description = "Show what an instance uses: the newest sample.",
    footer = {"", "Examples:", "  muster health my-bot", "  muster health my-bot --watch -o json"})
public final class HealthOfInstance extends ServerCommand {

  @Parameters(paramLabel = "INSTANCE", description = "Its id, or its name.")
  private String instance = "";

  @Option(
      names = {"-w", "--watch"},
      description = "Go on, and show each new sample.")
  private boolean watch;

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      converter = Durations.class,
      defaultValue = "2s",
      description = "With --watch: how often to look.")
  private Duration interval = Duration.ofSeconds(2);

  @Mixin private OutputOptions output = new OutputOptions();

  public HealthOfInstance(Environment environment) {
    super(environment);
  }

  @Override
  protected Exit run() {
    var answers = output.into(environment, InstanceListing.HEALTH);
    var path = "/api/instances/" + new InstanceLookup(api()).id(instance) + "/health";
    if (!watch) {
      answers.show(api().get(path));
      return Exit.DONE;
    }
    @Nullable JsonNode before = null;
    while (true) {
      var now = api().get(path);
      if (!now.equals(before)) {
        answers.showNext(now, before == null);
      }
      before = now;
      rest();
    }
  }

  private void rest() {
    try {
      Thread.sleep(interval);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(Exit.FAILED, "interrupted");
    }
  }
}
