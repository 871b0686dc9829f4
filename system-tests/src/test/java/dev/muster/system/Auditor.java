package dev.muster.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Checks the audit log as a stranger would: by C2SP's pages and nothing of the platform's code, but
 * over HTTP.
 */
final class Auditor {

  private static final int WIDTH = 256;

  private final Api api;

  Auditor(Api api) {
    this.api = api;
  }

  /**
   * All that was recorded is signed for soon: the signature is good, the entries make up the tree,
   * and the search gives the event of each. Returns how many there are.
   */
  long check() throws Exception {
    var recorded =
        api.get("/api/audit/events", "Accept", "application/x-ndjson")
            .body()
            .lines()
            .map(Api.JSON::readTree)
            .toList();
    var signed =
        await()
            .atMost(Duration.ofSeconds(30))
            .until(this::checkpoint, newest -> newest.size >= recorded.size());
    assertThat(isSigned(signed)).isTrue();
    var entries = entries(signed.size);
    var leaves = entries.stream().map(entry -> sha256(new byte[] {0}, entry)).toList();
    assertThat(root(leaves)).isEqualTo(signed.root);
    for (int index = 0; index < recorded.size(); index++) {
      assertMakesUp(recorded.get(index), index, Api.JSON.readTree(entries.get(index)));
    }
    return signed.size;
  }

  private record Signed(String note, String origin, long size, byte[] root) {}

  private Signed checkpoint() throws IOException, InterruptedException {
    var note = api.get("/api/audit/checkpoint").body();
    var lines = note.split("\n");
    return new Signed(
        note, lines[0], Long.parseLong(lines[1]), Base64.getDecoder().decode(lines[2]));
  }

  private boolean isSigned(Signed signed) throws Exception {
    var key = api.get("/api/audit/key").body().split("\\+", 3);
    var typed = Base64.getDecoder().decode(key[2]);
    assertThat(typed[0]).as("Ed25519").isEqualTo((byte) 1);
    assertThat(key[0]).isEqualTo(signed.origin);
    var split = signed.note.indexOf("\n\n");
    var line = signed.note.substring(split + 2).strip().split(" ");
    var signature = Base64.getDecoder().decode(line[2]);
    assertThat(HexFormat.of().formatHex(signature, 0, 4)).isEqualTo(key[1]);
    var x509 =
        ByteBuffer.allocate(44)
            .put(HexFormat.of().parseHex("302a300506032b6570032100"))
            .put(typed, 1, 32)
            .array();
    var ed25519 = Signature.getInstance("Ed25519");
    ed25519.initVerify(
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(x509)));
    ed25519.update(signed.note.substring(0, split + 1).getBytes(UTF_8));
    return ed25519.verify(signature, 4, signature.length - 4);
  }

  private List<byte[]> entries(long size) throws IOException, InterruptedException {
    var entries = new ArrayList<byte[]>();
    for (long bundle = 0; bundle * WIDTH < size; bundle++) {
      var width = Math.min(WIDTH, size - bundle * WIDTH);
      var path = "%03d%s".formatted(bundle, width < WIDTH ? ".p/" + width : "");
      var bytes = api.bytes("/api/audit/tile/entries/" + path);
      try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
        for (int i = 0; i < width; i++) {
          entries.add(in.readNBytes(in.readUnsignedShort()));
        }
        assertThat(in.read()).isEqualTo(-1);
      }
    }
    return entries;
  }

  private static void assertMakesUp(JsonNode event, int index, JsonNode entry) {
    assertThat(event.get("leaf_index").asInt()).isEqualTo(index);
    for (var same : List.of("event_id", "subject", "sequence", "type", "revision", "occurred_at")) {
      assertThat(entry.get(same)).as(same).isEqualTo(event.get(same));
    }
    assertThat(entry.get("actor_id")).isEqualTo(event.at("/actor/id"));
    assertHides(entry, "actor_name", event, event.at("/actor/name").asString());
    assertHides(entry, "data", event, sorted(event.get("data")));
    if (!event.get("source_ip").isNull()) {
      assertHides(entry, "source_ip", event, event.get("source_ip").asString());
    }
  }

  private static void assertHides(JsonNode entry, String field, JsonNode event, String value) {
    var salt = Base64.getDecoder().decode(event.at("/salts/" + field).asString());
    assertThat(Base64.getDecoder().decode(entry.get(field).asString()))
        .as("%s of %s", field, event)
        .isEqualTo(sha256(salt, value.getBytes(UTF_8)));
  }

  /** RFC 8785, as far as events need it. */
  private static String sorted(JsonNode value) {
    if (value.isObject()) {
      return value.propertyNames().stream()
          .sorted()
          .map(name -> Api.JSON.writeValueAsString(name) + ":" + sorted(value.get(name)))
          .reduce((one, other) -> one + "," + other)
          .map(fields -> "{" + fields + "}")
          .orElse("{}");
    }
    if (value.isArray()) {
      var items = new ArrayList<String>();
      value.forEach(item -> items.add(sorted(item)));
      return "[" + String.join(",", items) + "]";
    }
    return value.toString();
  }

  private static byte[] root(List<byte[]> leaves) {
    if (leaves.size() == 1) {
      return leaves.getFirst();
    }
    var half = Integer.highestOneBit(leaves.size() - 1);
    return sha256(
        new byte[] {1}, root(leaves.subList(0, half)), root(leaves.subList(half, leaves.size())));
  }

  private static byte[] sha256(byte[]... parts) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      Arrays.stream(parts).forEach(digest::update);
      return digest.digest();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
