package dev.muster.cli.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event, and what leads from it to the root of a signed checkpoint. A row that is masked, or of
 * which something was deleted, needs the signed entry beside it.
 */
public final class EventProof {

  private final String line;
  private final AuditRow row;
  private final List<byte[]> hashes;
  private final byte @Nullable [] entry;

  private EventProof(String line, AuditRow row, List<byte[]> hashes, byte @Nullable [] entry) {
    this.line = line;
    this.row = row;
    this.hashes = hashes;
    this.entry = entry;
  }

  /**
   * @param line the row as the search gives it
   * @param hashes base64, from the leaf's neighbour up
   * @throws NotProvedException when these are none
   */
  public static EventProof of(String line, List<String> hashes) {
    var bytes = line.getBytes(UTF_8);
    try {
      var decoded = hashes.stream().map(Base64.getDecoder()::decode).toList();
      return new EventProof(line, new RowReader().read(bytes, 0, bytes.length), decoded, null);
    } catch (NoRowException e) {
      throw new NotProvedException("an event was changed: " + e.why());
    } catch (IllegalArgumentException e) {
      throw new NotProvedException("a proof is no list of hashes");
    }
  }

  public EventProof with(byte[] signedEntry) {
    return new EventProof(line, row, hashes, signedEntry);
  }

  public long index() {
    return row.leafIndex();
  }

  /** Whether the row alone leads to the root. */
  public boolean needsNoEntry(SignedCheckpoint checkpoint) {
    var rows = new RowCheck();
    var leaf = rows.leaf(row);
    return leaf != null && leadsTo(checkpoint, leaf, rows);
  }

  /**
   * Returns what could not be checked, such as {@code data: values of env are masked}.
   *
   * @throws NotProvedException when it is not what was signed
   */
  public List<String> check(SignedCheckpoint checkpoint) {
    var rows = new RowCheck();
    var leaf = entry == null ? rows.leaf(row) : rows.leafOf(entry);
    if (leaf == null) {
      throw changed("what was deleted of it needs the signed entry beside it");
    }
    if (!leadsTo(checkpoint, leaf, rows)) {
      throw changed("nothing leads from it to the signed root");
    }
    return switch (rows.check(row, leaf, entry)) {
      case RowFinding.Whole() -> List.of();
      case RowFinding.InPart(var unchecked) -> unchecked;
      case RowFinding.Other(var what) -> throw changed(what);
    };
  }

  private boolean leadsTo(SignedCheckpoint checkpoint, byte[] leaf, RowCheck rows) {
    return new InclusionPath(row.leafIndex(), checkpoint.size(), hashes)
        .root(leaf, rows.hash())
        .filter(checkpoint::hasRoot)
        .isPresent();
  }

  private NotProvedException changed(String what) {
    return new NotProvedException(
        "index %d (%s) was changed: %s".formatted(row.leafIndex(), row.named(), what));
  }

  /** As a receipt has it. */
  public List<byte[]> lines() {
    var lines = new ArrayList<byte[]>();
    lines.add((line + "\n").getBytes(UTF_8));
    if (entry != null) {
      lines.add(ExportLines.entry(entry));
    }
    lines.add(
        ExportLines.proof(
            hashes.stream().map(hash -> Base64.getEncoder().encodeToString(hash)).toList()));
    return lines;
  }

  /** Who did what, when and from where, for people. */
  String told() {
    return "%s  index %d  %s of %s, by %s (%s)%s"
        .formatted(
            row.occurredAt(),
            row.leafIndex(),
            row.type(),
            row.subject(),
            row.actorName(),
            row.actorId(),
            row.sourceIp() == null ? "" : " from " + row.sourceIp());
  }
}
