package dev.muster.cli.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.cli.output.JsonText;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The lines of a file that proves itself, each a JSON object. A whole export has a head, then after
 * every 256 rows the hashes of their leaves, and a signed checkpoint with its key at the end. A
 * receipt has the way to the root after each row instead.
 */
public final class ExportLines {

  static final int VERSION = 1;

  static final String EXPORT = "muster_audit_export";
  static final String RECEIPT = "muster_audit_receipt";
  static final String LOG = "log";
  static final String OPERATION = "operation";
  static final String TILE = "tile";
  static final String LEAVES = "leaves";
  static final String ENTRY = "entry";
  static final String PROOF = "proof";
  static final String CHECKPOINT = "checkpoint";
  static final String KEY = "key";

  private ExportLines() {}

  public static byte[] exportHead(String log) {
    return line(JsonText.MAPPER.createObjectNode().put(EXPORT, VERSION).put(LOG, log));
  }

  public static byte[] receiptHead(String log, String operation) {
    return line(
        JsonText.MAPPER
            .createObjectNode()
            .put(RECEIPT, VERSION)
            .put(LOG, log)
            .put(OPERATION, operation));
  }

  /**
   * @param leaves of a tile, 32 bytes each, as the server gives it
   */
  public static byte[] tile(long number, byte[] leaves) {
    var base64 = Base64.getEncoder().encodeToString(leaves);
    return line(JsonText.MAPPER.createObjectNode().put(TILE, number).put(LEAVES, base64));
  }

  /** What was signed, behind a row that cannot show it alone. */
  public static byte[] entry(byte[] signed) {
    return line(JsonText.MAPPER.createObjectNode().put(ENTRY, new String(signed, UTF_8)));
  }

  /**
   * @param hashes base64, from the leaf's neighbour up
   */
  public static byte[] proof(List<String> hashes) {
    var node = JsonText.MAPPER.createObjectNode();
    var array = node.putArray(PROOF);
    hashes.forEach(array::add);
    return line(node);
  }

  public static byte[] foot(SignedCheckpoint checkpoint, LogKey key) {
    return line(
        JsonText.MAPPER.createObjectNode().put(CHECKPOINT, checkpoint.note()).put(KEY, key.text()));
  }

  private static byte[] line(ObjectNode node) {
    return (node + "\n").getBytes(UTF_8);
  }
}
