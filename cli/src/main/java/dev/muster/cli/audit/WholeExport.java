package dev.muster.cli.audit;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import dev.muster.cli.api.Api;
import dev.muster.cli.api.Call;
import dev.muster.cli.output.PlainText;
import dev.muster.cli.proof.ExportWriter;
import dev.muster.cli.proof.LogKey;
import dev.muster.cli.proof.NotProvedException;
import dev.muster.cli.proof.ProofFile;
import dev.muster.cli.proof.SignedCheckpoint;
import dev.muster.cli.proof.TrustAnchors;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The whole log in a file that proves itself. It is written beside that file, as {@code .part}, and
 * takes its name once it is whole and was checked; what was cut off is continued.
 */
final class WholeExport {

  /** In a row, without a tile in between. */
  private static final int TRIES = 5;

  private final Environment environment;
  private final Api api;
  private final AuditLogCalls log;
  private final Path file;
  private final Path part;

  WholeExport(Environment environment, Api api, Path file) {
    this.environment = environment;
    this.api = api;
    this.log = new AuditLogCalls(api);
    this.file = file;
    this.part = file.resolveSibling(file.getFileName() + ".part");
  }

  void run() {
    if (Files.exists(file)) {
      throw new Failure(
          Exit.USAGE, "%s is there already, and stays as it is".formatted(file), "Name another.");
    }
    var key = log.key();
    var checkpoint = log.checkpointOverAll(key);
    try {
      write(key, checkpoint);
      var verified = ProofFile.verify(part, new TrustAnchors(List.of(key), Optional.empty()));
      Files.move(part, file);
      environment.say(
          PlainText.harmless(
              "%s has all %,d events of %s"
                  .formatted(file, checkpoint.size(), checkpoint.origin())));
      verified.more().forEach(line -> environment.say("  " + PlainText.harmless(line)));
    } catch (IOException e) {
      throw new Failure(Exit.FAILED, "%s cannot be written: %s".formatted(part, e.getMessage()));
    } catch (Failure e) {
      tellWhatIsKept(e.exit());
      throw e;
    }
  }

  private void tellWhatIsKept(Exit exit) {
    if (exit == Exit.UNREACHABLE) {
      environment.tell(
          "What there is is kept in %s; the same command goes on there.".formatted(part));
    } else if (exit == Exit.NOT_PROVED) {
      environment.tell("What the server gave is kept in %s.".formatted(part));
    }
  }

  private void write(LogKey key, SignedCheckpoint checkpoint) throws IOException {
    try (var writer = ExportWriter.open(part, checkpoint.origin())) {
      if (writer.size() > checkpoint.size() || !writer.isOf(log)) {
        throw new NotProvedException(
            "%s was begun with other events than this log has".formatted(part),
            "It is of another log of that name, or the past was changed: keep it, and export into"
                + " another file.");
      }
      if (writer.size() > 0) {
        environment.tell("Goes on at index %,d of %s.".formatted(writer.size(), part));
      }
      try (var progress = new ExportProgress(environment, checkpoint.size(), writer.size())) {
        fill(writer, checkpoint.size(), progress);
      }
      writer.end(checkpoint, key);
    }
  }

  private void fill(ExportWriter writer, long size, ExportProgress progress) throws IOException {
    int failed = 0;
    while (writer.size() < size) {
      long before = writer.size();
      try (var lines = new AnsweredRows(api, rowsFrom(before))) {
        writer.addUpTo(size, lines, log, progress);
      } catch (AnsweredRows.BrokenException | EOFException e) {
        failed = writer.size() > before ? 1 : failed + 1;
        if (failed == TRIES) {
          throw api.unreachable(e);
        }
        rest(failed);
      }
    }
  }

  private static Call rowsFrom(long index) {
    return Call.get("/api/audit/events")
        .query("after", AuditLogCalls.before(index))
        .header("Accept", "application/x-ndjson");
  }

  private static void rest(int failed) {
    try {
      Thread.sleep(Duration.ofMillis(100L << failed));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(Exit.FAILED, "interrupted");
    }
  }
}
