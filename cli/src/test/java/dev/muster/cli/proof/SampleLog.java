package dev.muster.cli.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.cli.output.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.erdtman.jcs.JsonCanonicalizer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An audit log as docs/audit.md has it, with a key of its own; made without any of the code that
 * checks it.
 */
public final class SampleLog {

  public static final int WIDTH = 256;

  private static final KeyPair PAIR = pair();
  private static final String SPEC =
      "{\"name\":\"bot \\u00e9 \\ud83d\\ude00 \\u0007"
          + " \\\"q\\\"\",\"region\":\"us-east-1\",\"cpus\":0.50,"
          + "\"memory_mb\":2.56E2,\"env\":{\"TOKEN\":\"hunter2\",\"A\":\"1\"},\"command\":[]}";

  public final String name;
  public final List<String> rows = new ArrayList<>();
  public final List<byte[]> entries = new ArrayList<>();
  public final List<byte[]> leaves = new ArrayList<>();
  private final KeyPair pair;

  public SampleLog(int size, long seed) {
    this("example.com/sample", size, seed, PAIR);
  }

  public SampleLog(String name, int size, long seed, KeyPair pair) {
    this.name = name;
    this.pair = pair;
    var random = new Random(seed);
    for (int index = 0; index < size; index++) {
      add(row(index, random));
    }
  }

  public static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void add(ObjectNode row) {
    rows.add(row.toString());
    entries.add(entry(row));
    leaves.add(sha256(new byte[] {0}, entries.getLast()));
  }

  private static ObjectNode row(int index, Random random) {
    var row = JsonText.MAPPER.createObjectNode();
    row.put("leaf_index", index);
    row.put("event_id", id("ev", random));
    row.put("subject", id("inst", random));
    row.put("sequence", 1 + random.nextInt(9));
    boolean creation = index % 5 == 0;
    row.put("type", creation ? "CreationRequested" : "PauseRequested");
    row.put("revision", 1);
    row.put("occurred_at", "2026-11-24T06:46:%02d.%06dZ".formatted(index % 60, index));
    row.putObject("actor").put("id", "key_7OD7ojMX").put("name", "Ada \u00e9 " + index % 3);
    row.put("request_id", id("req", random));
    row.put("causation", index % 3 == 0 ? id("out", random) : null);
    row.put("traceparent", index % 7 == 0 ? "00-0af7651916cd43dd8448eb211c80319c-01" : null);
    row.put("source_ip", index % 2 == 0 ? "127.0.0.1" : null);
    var data =
        "{\"operation_id\":\"%s\",\"instance_id\":\"%s\"%s,\"at\":\"2026\",\"n\":%d}"
            .formatted(
                id("op", random),
                row.path("subject").asString(),
                creation ? ",\"spec\":" + SPEC : "",
                random.nextLong());
    row.set("data", JsonText.MAPPER.readTree(data));
    var salts = row.putObject("salts");
    for (var field : List.of("actor_name", "source_ip", "data")) {
      var salt = new byte[16];
      random.nextBytes(salt);
      salts.put(field, Base64.getEncoder().encodeToString(salt));
    }
    return row;
  }

  private static String id(String kind, Random random) {
    return "%s_%026d".formatted(kind, random.nextLong() >>> 4);
  }

  private static byte[] entry(JsonNode row) {
    var entry = JsonText.MAPPER.createObjectNode();
    entry.put("v", 1);
    for (var same :
        List.of(
            "event_id",
            "subject",
            "sequence",
            "type",
            "revision",
            "occurred_at",
            "request_id",
            "causation",
            "traceparent")) {
      if (!row.path(same).isNull()) {
        entry.set(same, row.path(same));
      }
    }
    entry.set("actor_id", row.at("/actor/id"));
    entry.put(
        "actor_name", hidden(row, "actor_name", row.at("/actor/name").asString().getBytes(UTF_8)));
    if (!row.path("source_ip").isNull()) {
      entry.put(
          "source_ip", hidden(row, "source_ip", row.path("source_ip").asString().getBytes(UTF_8)));
    }
    entry.put("data", hidden(row, "data", canonical(row.path("data").toString())));
    return canonical(entry.toString());
  }

  private static String hidden(JsonNode row, String field, byte[] value) {
    var salt = Base64.getDecoder().decode(row.at("/salts/" + field).asString());
    return Base64.getEncoder().encodeToString(sha256(salt, value));
  }

  static byte[] canonical(String json) {
    try {
      return new JsonCanonicalizer(json).getEncodedUTF8();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int size() {
    return rows.size();
  }

  /** What signatures are checked with. */
  public String key() {
    return "%s+%s+%s"
        .formatted(
            name, HexFormat.of().formatHex(keyId()), Base64.getEncoder().encodeToString(typed()));
  }

  private byte[] typed() {
    var encoded = pair.getPublic().getEncoded();
    return ByteBuffer.allocate(33).put((byte) 1).put(encoded, encoded.length - 32, 32).array();
  }

  private byte[] keyId() {
    return Arrays.copyOf(sha256((name + "\n").getBytes(UTF_8), typed()), 4);
  }

  /** The signed checkpoint over the first of them. */
  public String checkpoint(int size) {
    var root = Base64.getEncoder().encodeToString(root(leaves.subList(0, size)));
    return sign("%s\n%d\n%s\n".formatted(name, size, root));
  }

  public String sign(String text) {
    try {
      var ed25519 = Signature.getInstance("Ed25519");
      ed25519.initSign(pair.getPrivate());
      ed25519.update(text.getBytes(UTF_8));
      var line = ByteBuffer.allocate(68).put(keyId()).put(ed25519.sign()).array();
      return "%s\n— %s %s\n".formatted(text, name, Base64.getEncoder().encodeToString(line));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An export of all of it. */
  public List<String> export() {
    return export(rows);
  }

  /** With other rows, each in its place. */
  public List<String> export(List<String> other) {
    var lines = new ArrayList<String>();
    lines.add("{\"muster_audit_export\":1,\"log\":\"%s\"}".formatted(name));
    for (int tile = 0; tile * WIDTH < size(); tile++) {
      int end = Math.min(size(), (tile + 1) * WIDTH);
      lines.addAll(other.subList(tile * WIDTH, end));
      lines.add(tile(tile));
    }
    lines.add(foot(checkpoint(size()), key()));
    return lines;
  }

  String tile(int tile) {
    return "{\"tile\":%d,\"leaves\":\"%s\"}"
        .formatted(tile, Base64.getEncoder().encodeToString(leaves(tile, WIDTH)));
  }

  static String foot(String checkpoint, String key) {
    return JsonText.MAPPER
        .createObjectNode()
        .put("checkpoint", checkpoint)
        .put("key", key)
        .toString();
  }

  /** The hashes of a tile, as far as there are so many. */
  public byte[] leaves(int tile, int width) {
    var end = Math.min(size(), tile * WIDTH + width);
    return leaves.subList(tile * WIDTH, end).stream()
        .collect(
            () -> new ByteArrayOutputStream(),
            (bytes, leaf) -> bytes.writeBytes(leaf),
            (one, two) -> one.writeBytes(two.toByteArray()))
        .toByteArray();
  }

  public byte[] bundle(int tile, int width) {
    var bytes = new ByteArrayOutputStream();
    for (var entry : entries.subList(tile * WIDTH, Math.min(size(), tile * WIDTH + width))) {
      bytes.write(entry.length >> 8);
      bytes.write(entry.length);
      bytes.writeBytes(entry);
    }
    return bytes.toByteArray();
  }

  /** The rows as somebody sees them who may not see values of env. */
  public List<String> masked() {
    return rows.stream()
        .map(row -> row.replace("\"hunter2\"", "\"***\"").replace("\"A\":\"1\"", "\"A\":\"***\""))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /** As {@code GET /api/audit/proof} answers. */
  public String proof(int index, int size) {
    var answer = JsonText.MAPPER.createObjectNode().put("index", index).put("size", size);
    var hashes = answer.putArray("hashes");
    path(index, leaves.subList(0, size))
        .forEach(hash -> hashes.add(Base64.getEncoder().encodeToString(hash)));
    return answer.toString();
  }

  /** PATH of RFC 6962, as it stands there. */
  static List<byte[]> path(int index, List<byte[]> leaves) {
    if (leaves.size() == 1) {
      return new ArrayList<>();
    }
    int half = Integer.highestOneBit(leaves.size() - 1);
    var left = leaves.subList(0, half);
    var right = leaves.subList(half, leaves.size());
    var path = index < half ? path(index, left) : path(index - half, right);
    path.add(root(index < half ? right : left));
    return path;
  }

  /** MTH of RFC 6962, as it stands there. */
  static byte[] root(List<byte[]> leaves) {
    if (leaves.isEmpty()) {
      return sha256();
    }
    if (leaves.size() == 1) {
      return leaves.getFirst();
    }
    int half = Integer.highestOneBit(leaves.size() - 1);
    return sha256(
        new byte[] {1}, root(leaves.subList(0, half)), root(leaves.subList(half, leaves.size())));
  }

  static byte[] sha256(byte[]... parts) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      Arrays.stream(parts).forEach(digest::update);
      return digest.digest();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
