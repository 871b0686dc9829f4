package dev.muster.cli.help;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.context.Contexts;
import dev.muster.cli.output.Column;
import dev.muster.cli.output.Listing;
import dev.muster.cli.output.OutputOptions;
import dev.muster.cli.server.ServerCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "doctor",
    description =
        "Look for what is wrong with the server, the key and this machine, and say what to do.",
    footer = {"", "Examples:", "  muster doctor", "  muster doctor --bundle report.zip"})
public final class Doctor extends ServerCommand {

  static final Listing FINDINGS =
      Listing.of(
          "",
          "/check",
          Column.text("CHECK", "/check"),
          Column.status("RESULT", "/result"),
          Column.text("FOUND", "/found"),
          Column.text("ADVICE", "/advice"));

  @Option(
      names = "--bundle",
      paramLabel = "FILE",
      description = "Pack what was found, and lists of hosts and workers, into a ZIP; no secrets.")
  private @Nullable Path bundle;

  @Mixin private OutputOptions output = new OutputOptions();

  public Doctor(Environment environment) {
    super(environment);
  }

  @Override
  protected Exit run() {
    var answers = output.into(environment, FINDINGS);
    var findings = new Checks(api(), environment.clock()).run(localData());
    answers.show(findings.stream().map(Finding::json).toList());
    if (bundle != null) {
      Bundle.write(bundle, api(), findings);
      environment.tell("Packed into " + bundle);
    }
    return findings.stream().anyMatch(one -> one.result().equals("failed"))
        ? failed(findings)
        : Exit.DONE;
  }

  private static Exit failed(List<Finding> findings) {
    return findings.getFirst().result().equals("failed") ? Exit.UNREACHABLE : Exit.FAILED;
  }

  /** Where the platform keeps its data, when it is on this machine. */
  private Optional<Path> localData() {
    var from = api().server().from();
    if (!from.startsWith("context ")) {
      return Optional.empty();
    }
    return Contexts.of(environment.variables())
        .map(contexts -> contexts.get(from.substring("context ".length())))
        .flatMap(context -> Optional.ofNullable(context.keyFile()))
        .map(file -> Path.of(file).getParent())
        .filter(Files::isDirectory);
  }
}
