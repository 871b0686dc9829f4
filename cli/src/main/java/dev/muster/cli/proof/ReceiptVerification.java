package dev.muster.cli.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.cli.output.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Checks a receipt: a few events, each with its way to the signed root. */
final class ReceiptVerification {

  private static final int LARGEST = 1 << 26;

  private final Path file;
  private final String log;
  private final TrustAnchors evidence;
  private final UncheckedFields unchecked = new UncheckedFields();

  /**
   * @param log what the head says that it is of
   */
  ReceiptVerification(Path file, String log, TrustAnchors evidence) {
    this.file = file;
    this.log = log;
    this.evidence = evidence;
  }

  VerificationResult run() throws IOException {
    if (Files.size(file) > LARGEST) {
      throw new UnreadableFileException("%s is too large for a receipt".formatted(file));
    }
    var text = new String(Files.readAllBytes(file), UTF_8);
    if (text.contains("\r\n")) {
      throw LineReader.windows(file.toString(), 1);
    }
    var lines = Arrays.asList(text.split("\n", -1));
    var foot = lines.size() < 3 ? json("") : json(lines.get(lines.size() - 2));
    if (!lines.getLast().isEmpty() || !foot.has(ExportLines.CHECKPOINT)) {
      throw new NotProvedException("%s is half a receipt: its end is missing".formatted(file));
    }
    try {
      return verified(events(lines.subList(1, lines.size() - 2)), foot);
    } catch (NotProvedException e) {
      throw e.of(file.toString());
    }
  }

  private static List<EventProof> events(List<String> lines) {
    var events = new ArrayList<EventProof>();
    for (int at = 0; at < lines.size(); at++) {
      var row = lines.get(at++);
      var entry = at < lines.size() ? json(lines.get(at)).path(ExportLines.ENTRY) : json("");
      at += entry.isString() ? 1 : 0;
      var hashes = at < lines.size() ? json(lines.get(at)).path(ExportLines.PROOF) : json("");
      if (!hashes.isArray()) {
        throw new NotProvedException("line %d should be a proof".formatted(at + 2));
      }
      var event = EventProof.of(row, hashes.valueStream().map(hash -> hash.asString("")).toList());
      events.add(entry.isString() ? event.with(entry.stringValue().getBytes(UTF_8)) : event);
    }
    return events;
  }

  private VerificationResult verified(List<EventProof> events, JsonNode foot) {
    var name = "its checkpoint";
    var checkpoint = SignedCheckpoint.parse(foot.path(ExportLines.CHECKPOINT).asString(""), name);
    var keys = evidence.keysOr(foot.path(ExportLines.KEY).asString(""));
    var key = checkpoint.signedBy(keys, name);
    if (!checkpoint.origin().equals(log)) {
      throw new NotProvedException(
          "it says that it is of the log '%s', and its checkpoint is of '%s'"
              .formatted(log, checkpoint.origin()));
    }
    evidence.kept().ifPresent(kept -> checkKept(kept, checkpoint, keys));
    var more = new ArrayList<String>();
    for (var event : events) {
      event.check(checkpoint).forEach(field -> unchecked.add(field, event.index()));
      more.add(event.told());
    }
    more.add(SignatureText.signedBy(checkpoint, key, !evidence.keys().isEmpty()));
    unchecked.lines().forEach(line -> more.add("not checked: " + line));
    return new VerificationResult(
        "%s is as it was signed: %d %s of %s"
            .formatted(
                file, events.size(), events.size() == 1 ? "event" : "events", checkpoint.origin()),
        more);
  }

  /** A receipt has nothing that leads from one checkpoint to another. */
  private static void checkKept(TrustAnchors.Kept kept, SignedCheckpoint own, List<LogKey> keys) {
    var checkpoint = kept.checkpoint();
    checkpoint.signedBy(keys, kept.from());
    if (checkpoint.size() != own.size()) {
      throw new NotProvedException(
          "its checkpoint is of %,d events, and %s of %,d: one does not show the other"
              .formatted(own.size(), kept.from(), checkpoint.size()),
          "A whole export shows that the smaller log is the beginning of the larger one.");
    }
    if (!checkpoint.hasRoot(own.root())) {
      throw new NotProvedException(
          "two logs of %,d events were signed, and %s is of the other one"
              .formatted(own.size(), kept.from()));
    }
  }

  private static JsonNode json(String line) {
    try {
      return JsonText.MAPPER.readTree(line);
    } catch (JacksonException e) {
      return JsonText.MAPPER.missingNode();
    }
  }
}
