package dev.muster.cli.audit;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import dev.muster.cli.api.Call;
import dev.muster.cli.server.ServerCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "export",
    description = {
      "Write the whole log to a file that proves itself, or all events that fit as NDJSON or CSV.",
      "",
      "FILE has every event, the hashes of the tree, and the newest signed checkpoint: audit verify"
          + " checks it without the server. It takes its name once it is whole; the same command"
          + " goes on with one that was cut off."
    },
    footer = {
      "",
      "Examples:",
      "  muster audit export log.ndjson && muster audit verify log.ndjson",
      "  muster audit export --from 2026-01-01T00:00:00Z --to-file events.ndjson",
      "  muster audit export --format csv > events.csv"
    })
public final class ExportAudit extends ServerCommand {

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "The whole log, as a file that proves itself.")
  private @Nullable Path whole;

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
    if (whole != null) {
      if (!filter.isEmpty() || file != null || !format.equals("ndjson")) {
        throw new Failure(
            Exit.USAGE,
            "'%s' takes the whole log, and no part of it can prove itself".formatted(whole),
            "For a part of it: muster audit export --to-file FILE, with what it is to have");
      }
      new WholeExport(environment, api(), whole).run();
      return Exit.DONE;
    }
    var type =
        switch (format) {
          case "ndjson" -> "application/x-ndjson";
          case "csv" -> "text/csv";
          default ->
              throw new Failure(
                  Exit.USAGE, "there is no format '%s'".formatted(format), "Formats: ndjson, csv");
        };
    var call = filter.search(api(), environment.clock()).header("Accept", type);
    return copy(call);
  }

  private Exit copy(Call call) {
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
