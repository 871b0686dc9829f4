package dev.muster.cli.proof;

import dev.muster.cli.proof.ExportPart.Foot;
import dev.muster.cli.proof.ExportPart.Tile;
import dev.muster.cli.proof.TileCheck.Checked;
import dev.muster.cli.proof.TrustAnchors.Kept;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Checks a whole export: every row against its leaf, the root over all leaves against the signed
 * checkpoint, and that of the first of them against one that was kept. Whatever is wrong is looked
 * for by {@link MismatchReport} in a second reading.
 */
final class ExportVerification {

  private final Path file;
  private final String log;
  private final TrustAnchors evidence;
  private final LogHash hash = new LogHash();
  private final MerkleTree tree = new MerkleTree(hash);
  private final UncheckedFields unchecked = new UncheckedFields();
  private Optional<byte[]> keptRoot = Optional.empty();

  /**
   * @param log what the head says that it is an export of
   */
  ExportVerification(Path file, String log, TrustAnchors evidence) {
    this.file = file;
    this.log = log;
    this.evidence = evidence;
  }

  VerificationResult run() throws IOException {
    rememberKeptRoot();
    var foot = read();
    if (foot.isEmpty()) {
      throw new MismatchReport(file, evidence).run();
    }
    var checkpoint = SignedCheckpoint.parse(foot.get().checkpoint(), inFile());
    var keys = evidence.keysOr(foot.get().key());
    var key = checkpoint.signedBy(keys, inFile());
    if (!checkpoint.origin().equals(log)) {
      throw new NotProvedException(
          "%s says that it is of the log '%s', and its checkpoint is of '%s'"
              .formatted(file, log, checkpoint.origin()));
    }
    evidence.kept().ifPresent(kept -> checkSigned(kept, checkpoint, keys));
    if (checkpoint.size() != tree.size() || !checkpoint.hasRoot(tree.root())) {
      throw new MismatchReport(file, evidence).run();
    }
    evidence.kept().ifPresent(this::checkRoot);
    return verified(checkpoint, key);
  }

  private String inFile() {
    return "the checkpoint in " + file;
  }

  /** Empty when something is wrong, wherever. */
  private Optional<Foot> read() throws IOException {
    try (var reader = ExportReader.open(file);
        var queue = new TileQueue()) {
      var part = reader.next();
      for (long number = 0; part.isPresent() && part.get() instanceof Tile tile; number++) {
        queue.add(tile);
        if (tile.number() != number || queue.isFull() && !grow(queue)) {
          return Optional.empty();
        }
        part = reader.next();
      }
      while (!queue.isEmpty()) {
        if (!grow(queue)) {
          return Optional.empty();
        }
      }
      return part.isPresent() && part.get() instanceof Foot foot && reader.next().isEmpty()
          ? Optional.of(foot)
          : Optional.empty();
    }
  }

  private boolean grow(TileQueue queue) {
    var checked = queue.take();
    checked.ifPresent(this::grow);
    return checked.isPresent();
  }

  private void grow(Checked checked) {
    unchecked.addAll(checked.unchecked());
    var tile = checked.tile();
    var kept = evidence.kept().map(one -> one.checkpoint().size()).orElse(-1L);
    if (tile.first() < kept && kept < tile.first() + tile.width()) {
      var begun = tree.copy();
      addLeaves(begun, tile, (int) (kept - tile.first()));
      keptRoot = Optional.of(begun.root());
    }
    checked
        .root()
        .ifPresentOrElse(root -> tree.add(root, 8), () -> addLeaves(tree, tile, tile.width()));
    rememberKeptRoot();
  }

  private static void addLeaves(MerkleTree tree, Tile tile, int count) {
    for (int i = 0; i < count; i++) {
      tree.addLeaf(tile.leaf(i));
    }
  }

  private void rememberKeptRoot() {
    if (evidence.kept().filter(kept -> kept.checkpoint().size() == tree.size()).isPresent()) {
      keptRoot = Optional.of(tree.root());
    }
  }

  private void checkSigned(Kept kept, SignedCheckpoint own, List<LogKey> keys) {
    var checkpoint = kept.checkpoint();
    if (!checkpoint.origin().equals(own.origin())) {
      throw new NotProvedException(
          "%s is of the log '%s', and %s is an export of '%s'"
              .formatted(kept.from(), checkpoint.origin(), file, own.origin()));
    }
    checkpoint.signedBy(keys, kept.from());
    if (checkpoint.size() > own.size()) {
      throw new NotProvedException(
          "%s is older than %s: it has %,d of the %,d events that were signed by then"
              .formatted(file, kept.from(), own.size(), checkpoint.size()),
          "Next: muster audit export, into another file");
    }
  }

  private void checkRoot(Kept kept) {
    if (!Arrays.equals(keptRoot.orElse(null), kept.checkpoint().root())) {
      throw new NotProvedException(
          "the log was rewritten: its first %,d events are not those that %s was signed over"
              .formatted(kept.checkpoint().size(), kept.from()),
          "Each row of %s is as its own checkpoint has it, and that was signed over another past."
              .formatted(file));
    }
  }

  private VerificationResult verified(SignedCheckpoint checkpoint, LogKey key) {
    var more = new ArrayList<String>();
    more.add(SignatureText.signedBy(checkpoint, key, !evidence.keys().isEmpty()));
    evidence.kept().ifPresent(kept -> more.add(sameBeginning(kept)));
    unchecked.lines().forEach(line -> more.add("not checked: " + line));
    return new VerificationResult(
        "%s is whole and as it was signed: all %,d events of %s"
            .formatted(file, checkpoint.size(), checkpoint.origin()),
        more);
  }

  private static String sameBeginning(Kept kept) {
    return "the first %,d are those that %s was signed over"
        .formatted(kept.checkpoint().size(), kept.from());
  }
}
