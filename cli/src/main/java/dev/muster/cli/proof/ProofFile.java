package dev.muster.cli.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import dev.muster.cli.output.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A file that proves itself, a whole export or a receipt; says plainly what is none. */
public final class ProofFile {

  private static final int SNIFFED = 6;

  /** How files begin that an export may have been made into, as hexadecimal digits. */
  private static final Map<String, String> OTHERS =
      Map.of(
          "1f8b", "is compressed with gzip; unpack it first: gunzip",
          "28b52ffd", "is compressed with zstd; unpack it first: unzstd",
          "fd377a585a00", "is compressed with xz; unpack it first: unxz",
          "504b0304", "is a zip archive; unpack it first: unzip",
          "efbbbf", "begins with a byte order mark: something has changed it on its way",
          "fffe", "is UTF-16: something has changed it on its way",
          "feff", "is UTF-16: something has changed it on its way");

  private ProofFile() {}

  /**
   * @throws NotProvedException when it is not what was signed
   * @throws UnreadableFileException when it is no such file
   */
  public static VerificationResult verify(Path file, TrustAnchors evidence) {
    try {
      if (!Files.isRegularFile(file)) {
        throw new UnreadableFileException(
            Files.exists(file)
                ? "%s is no file; it is read more than once, so no pipe".formatted(file)
                : "there is no file %s".formatted(file));
      }
      var head = head(file);
      var log = head.path(ExportLines.LOG).asString("");
      return head.has(ExportLines.EXPORT)
          ? new ExportVerification(file, log, evidence).run()
          : new ReceiptVerification(file, log, evidence).run();
    } catch (IOException e) {
      throw new Failure(Exit.FAILED, "%s cannot be read: %s".formatted(file, e.getMessage()));
    }
  }

  private static JsonNode head(Path file) throws IOException {
    refuseOthers(file);
    try (var lines = new LineReader(Files.newInputStream(file), file.toString())) {
      var line = new ByteText();
      lines.next(line);
      var head = json(line);
      for (var kind : List.of(ExportLines.EXPORT, ExportLines.RECEIPT)) {
        if (head.path(kind).isInt()) {
          return checked(head, head.path(kind).asInt(), file, line);
        }
      }
      throw none(file, head);
    }
  }

  private static JsonNode checked(JsonNode head, int version, Path file, ByteText line) {
    if (version != ExportLines.VERSION) {
      throw new UnreadableFileException(
          "%s is of version %d, which this program does not know".formatted(file, version));
    }
    var log = head.path(ExportLines.LOG).asString("");
    var written =
        head.has(ExportLines.EXPORT)
            ? ExportLines.exportHead(log)
            : ExportLines.receiptHead(log, head.path(ExportLines.OPERATION).asString(""));
    if (!Arrays.equals(written, 0, written.length - 1, line.array(), 0, line.length())) {
      throw new NotProvedException("%s was changed in its first line".formatted(file));
    }
    return head;
  }

  private static UnreadableFileException none(Path file, JsonNode head) {
    if (head.has("leaf_index")) {
      return new UnreadableFileException(
          "%s has rows alone, and nothing to hold them against".formatted(file),
          "Next: muster audit export FILE, which has the signed checkpoint with them");
    }
    return new UnreadableFileException(
        "%s is no export of the audit log, nor a receipt".formatted(file),
        "These are made by muster audit export FILE, and muster audit receipt OPERATION FILE.");
  }

  private static void refuseOthers(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var begin = in.readNBytes(SNIFFED);
      if (begin.length == 0) {
        throw new UnreadableFileException("%s is empty".formatted(file));
      }
      var hex = HexFormat.of().formatHex(begin);
      OTHERS.forEach(
          (magic, what) -> {
            if (hex.startsWith(magic)) {
              throw new UnreadableFileException("%s %s".formatted(file, what));
            }
          });
      if (new String(begin, UTF_8).startsWith("leaf_")) {
        throw new UnreadableFileException(
            "%s is CSV, which has no checkpoint; next: muster audit export FILE".formatted(file));
      }
    }
  }

  private static JsonNode json(ByteText line) {
    try {
      return JsonText.MAPPER.readTree(line.array(), 0, line.length());
    } catch (JacksonException e) {
      return JsonText.MAPPER.createObjectNode();
    }
  }
}
