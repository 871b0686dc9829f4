package dev.muster.cli.instance;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.api.Call;
import dev.muster.cli.output.OutputOptions;
import dev.muster.cli.server.ServerCommand;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "get",
    description = "Show instances, as they are or as they were.",
    footer = {
      "",
      "Examples:",
      "  muster get my-bot -o yaml",
      "  muster get my-bot --version 2",
      "  muster get my-bot -o jsonpath=$.status"
    })
public final class GetInstance extends ServerCommand {

  @Parameters(paramLabel = "INSTANCE", arity = "1..*", description = "Ids, or names.")
  private List<String> instances = List.of();

  @Option(names = "--version", paramLabel = "N", description = "As it was at this version.")
  private @Nullable Long version;

  @Option(
      names = "--as-of",
      paramLabel = "TIME",
      description = "As it was then: RFC 3339, or Unix seconds.")
  private @Nullable String asOf;

  @Mixin private OutputOptions output = new OutputOptions();

  public GetInstance(Environment environment) {
    super(environment);
  }

  @Override
  protected Exit run() {
    var answers = output.into(environment, InstanceListing.INSTANCES);
    var known = new InstanceLookup(api());
    var found =
        instances.stream()
            .map(
                one ->
                    Call.get("/api/instances/" + known.id(one))
                        .query("version", Optional.ofNullable(version))
                        .query("as_of", Optional.ofNullable(asOf)))
            .map(call -> api().send(call).json())
            .toList();
    if (found.size() == 1) {
      answers.show(found.getFirst());
    } else {
      answers.show(found);
    }
    return Exit.DONE;
  }
}
