package dev.muster.cli.audit;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import dev.muster.cli.server.ServerCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "export",
    description = "Write all events that fit, as NDJSON or CSV.",
    footer = {
      "",
      "Examples:",
      "  muster audit export --from 2026-01-01T00:00:00Z --to-file events.ndjson",
      "  muster audit export --format csv > events.csv"
    })
public final class ExportAudit extends ServerCommand {

  @Mixin private AuditFilterOptions filter = new AuditFilterOptions();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "ndjson",
      description = "As what: ndjson, csv.")
  private String format = "ndjson";

  @Option(
      names = "--to-file",
      paramLabel = "FILE",
      description = "Where to; only a complete file takes this name. Without it, standard output.")
  private @Nullable Path file;

  public ExportAudit(Environment environment) {
    super(environment);
  }

  @Override
  protected Exit run() {
    var type =
        switch (format) {
          case "ndjson" -> "application/x-ndjson";
          case "csv" -> "text/csv";
          default ->
              throw new Failure(
                  Exit.USAGE, "there is no format '%s'".formatted(format), "Formats: ndjson, csv");
        };
    var call = filter.search(api(), environment.clock()).header("Accept", type);
    if (file == null) {
      api().copy(call, environment.out());
      environment.flush();
      return Exit.DONE;
    }
    var part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (var out = Files.newOutputStream(part)) {
        api().copy(call, out);
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new Failure(Exit.FAILED, "%s cannot be written: %s".formatted(file, e.getMessage()));
    }
    return Exit.DONE;
  }
}
