package dev.muster.cli.audit;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import dev.muster.cli.output.PlainText;
import dev.muster.cli.proof.LogKey;
import dev.muster.cli.proof.ProofFile;
import dev.muster.cli.proof.SignedCheckpoint;
import dev.muster.cli.proof.TrustAnchors;
import dev.muster.cli.server.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "verify",
    description = {
      "Check an export of the audit log, or a receipt, without any server.",
      "",
      "Status 0 is: every event is the one that was signed. Status 8 is: it is not, or nothing"
          + " proves it; the first event that differs is named. Status 2 is: the file is none"
          + " that can be checked."
    },
    footer = {
      "",
      "Examples:",
      "  muster audit verify log.ndjson",
      "  muster audit verify log.ndjson --key log.key --checkpoint last-year.checkpoint",
      "  muster audit verify pause.receipt --key log.key"
    })
public final class VerifyAudit extends Command {

  private static final int LONGEST = 1 << 20;

  @Parameters(
      paramLabel = "FILE",
      description = "What audit export FILE or audit receipt has written.")
  private Path file = Path.of("");

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description =
          "A checkpoint that was kept elsewhere: the log is to begin with what that was signed"
              + " over.")
  private @Nullable Path checkpoint;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description =
          "The key of the log, or a file that has it; several times after it was changed. Without"
              + " it, the key in FILE has to do.")
  private List<String> keys = List.of();

  public VerifyAudit(Environment environment) {
    super(environment);
  }

  @Override
  protected Exit run() {
    var verified =
        ProofFile.verify(
            file, new TrustAnchors(keys.stream().map(VerifyAudit::key).toList(), kept()));
    environment.say(PlainText.harmless(verified.what()));
    verified.more().forEach(line -> environment.say("  " + PlainText.harmless(line)));
    return Exit.DONE;
  }

  private Optional<TrustAnchors.Kept> kept() {
    return Optional.ofNullable(checkpoint)
        .map(
            path ->
                new TrustAnchors.Kept(
                    SignedCheckpoint.parse(text(path), path.toString()), path.toString()));
  }

  /** A file of that name goes before a key. */
  private static LogKey key(String given) {
    try {
      var path = Path.of(given);
      return LogKey.parse(Files.exists(path) ? text(path) : given);
    } catch (InvalidPathException e) {
      return LogKey.parse(given);
    }
  }

  private static String text(Path path) {
    try {
      if (Files.size(path) > LONGEST) {
        throw new Failure(Exit.USAGE, "%s is too large for what it should be".formatted(path));
      }
      return Files.readString(path);
    } catch (IOException e) {
      throw new Failure(Exit.USAGE, "%s cannot be read: %s".formatted(path, e.getMessage()));
    }
  }
}
