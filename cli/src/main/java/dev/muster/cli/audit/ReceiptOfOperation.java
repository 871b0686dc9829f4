package dev.muster.cli.audit;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import dev.muster.cli.api.Call;
import dev.muster.cli.audit.EventFinder.Found;
import dev.muster.cli.proof.ExportLines;
import dev.muster.cli.server.ServerCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "receipt",
    description = {
      "Write all events of an operation with what proves them, for ever and without the server.",
      "",
      "audit verify checks it. It has the events, the way from each to the root of the log, and the"
          + " checkpoint that signs that."
    },
    footer = {
      "",
      "Examples:",
      "  muster audit receipt op_01jqxw6c9m3h2v8k5r7t4n0pbd pause.receipt"
    })
public final class ReceiptOfOperation extends ServerCommand {

  /** What operators ask for is recorded under an operation of its own, which is no instance's. */
  private static final List<String> OF_OPERATORS =
      List.of(
          "LetterRetryRequested",
          "LetterDropRequested",
          "DrainRequested",
          "WorkerResumeRequested",
          "CordonRequested",
          "UncordonRequested");

  @Parameters(
      index = "0",
      paramLabel = "OPERATION",
      description = "Its id, as audit who, history -o wide and the answers of commands have it.")
  private String operation = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FILE",
      description = "Where to; without it, standard output.")
  private @Nullable Path file;

  public ReceiptOfOperation(Environment environment) {
    super(environment);
  }

  @Override
  protected Exit run() {
    var log = new AuditLogCalls(api());
    var finder = new EventFinder(api(), log);
    var found = events(finder);
    if (found.isEmpty()) {
      throw new Failure(
          Exit.NOT_FOUND,
          "there is no operation '%s' in the audit log".formatted(operation),
          "Next: muster audit who INSTANCE");
    }
    var key = log.key();
    var checkpoint = log.checkpointOver(found.getLast().index(), key);
    var receipt = new ByteArrayOutputStream();
    receipt.writeBytes(ExportLines.receiptHead(checkpoint.origin(), operation));
    for (var one : found) {
      var proof = finder.proof(one, checkpoint);
      proof.check(checkpoint);
      proof.lines().forEach(receipt::writeBytes);
    }
    receipt.writeBytes(ExportLines.foot(checkpoint, key));
    write(receipt);
    return Exit.DONE;
  }

  private List<Found> events(EventFinder finder) {
    var asked = api().sendAnyway(Call.get("/api/operations/" + Call.encoded(operation)));
    if (asked.status() == 404) {
      return OF_OPERATORS.stream().flatMap(type -> ofType(finder, type).stream()).toList();
    }
    var known = api().checked(asked).json();
    if (known.path("status").asString("").equals("pending")) {
      environment.tell("It is under way: what comes of it is not in the receipt yet.");
    }
    var search =
        Call.get("/api/audit/events")
            .query("instance_id", Optional.of(known.path("instance_id").asString()));
    return finder.find(search, row -> row.at("/data/operation_id").asString("").equals(operation));
  }

  private List<Found> ofType(EventFinder finder, String type) {
    var search = Call.get("/api/audit/events").query("type", Optional.of(type));
    return finder.find(search, row -> row.path("subject").asString("").equals(operation));
  }

  private void write(ByteArrayOutputStream receipt) {
    if (file == null) {
      environment.print(receipt.toString(StandardCharsets.UTF_8));
      return;
    }
    try {
      Files.write(file, receipt.toByteArray(), StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw new Failure(
          Exit.USAGE, "%s is there already, and stays as it is".formatted(file), "Name another.");
    } catch (IOException e) {
      throw new Failure(Exit.FAILED, "%s cannot be written: %s".formatted(file, e.getMessage()));
    }
  }
}
