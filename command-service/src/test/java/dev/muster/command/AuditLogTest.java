package dev.muster.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.events.audit.AuditRecords;
import dev.muster.events.audit.AuditRecords.Message;
import dev.muster.events.kafka.Topics;
import dev.muster.events.tlog.Frontier;
import java.nio.ByteBuffer;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two replicas seal what happens, with a PostgreSQL and a broker of their own. */
class AuditLogTest {

  @RegisterExtension static final CommandSide SIDE = new CommandSide(2);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void every_event_is_sealed_once_in_order_and_what_is_signed_is_the_tree_over_them()
      throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(SIDE.service().post("/api/instances").statusCode()).isEqualTo(201);
      assertThat(
              SIDE.another()
                  .post("/api/keys", "{\"name\": \"k\", \"scopes\": [\"read\"]}")
                  .statusCode())
          .isEqualTo(201);
    }
    // Each creation is two events, each key one.
    await().atMost(PATIENCE).until(() -> newestCheckpoint().size() >= 15);

    var messages = messages();
    var sealed = of(Message.Sealed.class, messages);
    var signed = of(Message.Signed.class, messages).getLast();
    assertThat(sealed).extracting(one -> one.event().event().position()).doesNotHaveDuplicates();
    var tree = Frontier.EMPTY;
    for (var one : sealed.subList(0, Math.toIntExact(signed.size()))) {
      assertThat(one.event().event().position()).isEqualTo(tree.size());
      tree = tree.plus(one.event().leafHash());
    }
    var root = Base64.getEncoder().encodeToString(tree.root());
    assertThat(signed.note())
        .startsWith("example.com/test\n%d\n%s\n\n".formatted(signed.size(), root));
    var key = of(Message.Verifier.class, messages).getFirst().key();
    assertThat(isSignedBy(key, signed.note())).isTrue();
    assertThat(isSignedBy(key, signed.note().replaceFirst("test\n", "best\n"))).isFalse();
  }

  @Test
  void checkpoints_only_ever_grow() {
    assertThat(of(Message.Signed.class, messages())).extracting(Message.Signed::size).isSorted();
  }

  private static Message.Signed newestCheckpoint() {
    return of(Message.Signed.class, messages()).getLast();
  }

  private static <T> List<T> of(Class<T> type, List<Message> messages) {
    return messages.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static List<Message> messages() {
    return new TopicContent(SIDE.broker(), Topics.AUDIT_LOG)
        .records().stream().map(AuditRecords::read).toList();
  }

  /** As anybody would, with nothing but the text of the key and of the note. */
  private static boolean isSignedBy(String key, String note) throws Exception {
    var parts = key.split("\\+", 3);
    var typed = Base64.getDecoder().decode(parts[2]);
    var der =
        ByteBuffer.allocate(44)
            .put(HexFormat.of().parseHex("302a300506032b6570032100"))
            .put(Arrays.copyOfRange(typed, 1, 33))
            .array();
    var line = note.substring(note.indexOf("\n\n") + 2).strip().split(" ");
    var given = Base64.getDecoder().decode(line[2]);
    assertThat(line[1]).isEqualTo(parts[0]);
    assertThat(HexFormat.of().formatHex(given, 0, 4)).isEqualTo(parts[1]);
    var ed25519 = Signature.getInstance("Ed25519");
    ed25519.initVerify(
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der)));
    ed25519.update(note.substring(0, note.indexOf("\n\n") + 1).getBytes(UTF_8));
    return ed25519.verify(given, 4, given.length - 4);
  }
}
