package dev.muster.query.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.events.access.ApiKeyEvent.KeyRevoked;
import dev.muster.events.access.Scope;
import dev.muster.events.audit.AuditRecords;
import dev.muster.events.audit.SealedEvent;
import dev.muster.events.instance.FailureCode;
import dev.muster.events.instance.OperationKind;
import dev.muster.events.tlog.MerkleHash;
import dev.muster.infrastructure.EmbeddedKafka;
import dev.muster.infrastructure.TestServers;
import dev.muster.query.KeyStory;
import dev.muster.query.RunningQueryService;
import dev.muster.query.Story;
import dev.muster.query.Topic;
import dev.muster.web.key.PresentedKey;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A log of more than two tiles, at two replicas, on a broker of its own. */
class AuditLogTest {

  private static final int STORIES = 75;
  private static final JsonMapper JSON = new JsonMapper();
  private static final Random RANDOM = new Random(7);

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;
  private static Topic topic;
  private static RunningQueryService service;
  private static RunningQueryService another;
  private static Sealed sealed;
  private static String checkpoint;
  private static Story story = life("first");

  @BeforeAll
  static void begin() throws Exception {
    kafka = EmbeddedKafka.start(folder, 0);
    topic = Topic.at(kafka.bootstrapServers());
    sealed = new Sealed(topic);
    for (int i = 0; i < STORIES; i++) {
      story = life("bot-" + i);
      sealed.tell(story.events());
    }
    var key = PresentedKey.generate();
    var at = Instant.parse("2026-03-14T12:00:00Z");
    sealed.tell(
        List.of(
            KeyStory.recorded(KeyStory.issued(key, at, Scope.READ), 1, 0),
            KeyStory.recorded(new KeyRevoked(key.id(), at), 2, 0)));
    checkpoint = sealed.sign();
    var store = TestServers.shared().mongoUri("audit_log");
    service = RunningQueryService.start(kafka.bootstrapServers(), store);
    another = RunningQueryService.start(kafka.bootstrapServers(), store);
    service.awaitReady();
    another.awaitReady();
    await().until(() -> checkpoint.equals(service.get("/api/audit/checkpoint").body()));
  }

  @AfterAll
  static void end() throws Exception {
    service.close();
    another.close();
    topic.close();
    kafka.close();
  }

  @Test
  void the_checkpoint_and_its_key_are_those_that_were_signed_with() {
    var answer = another.get("/api/audit/checkpoint");

    assertThat(answer.body()).isEqualTo(checkpoint);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .isEqualToIgnoringCase("text/plain;charset=utf-8");
    assertThat(another.get("/api/audit/key").body()).isEqualTo(Sealed.KEY.verifier());
  }

  @Test
  void tiles_are_the_hashes_of_the_tree() throws Exception {
    var leaves =
        sealed.events().stream().limit(sealedAtFirst()).map(SealedEvent::leafHash).toList();

    assertThat(tile("0/000")).isEqualTo(joined(leaves.subList(0, 256)));
    assertThat(tile("0/001")).isEqualTo(joined(leaves.subList(256, 512)));
    assertThat(tile("0/002.p/%d".formatted(leaves.size() - 512)))
        .isEqualTo(joined(leaves.subList(512, leaves.size())));
    assertThat(tile("0/001.p/7")).isEqualTo(joined(leaves.subList(256, 263)));
    assertThat(tile("1/000.p/2"))
        .isEqualTo(joined(List.of(sealed.root(256), rootOf(leaves.subList(256, 512)))));
  }

  @Test
  void bundles_are_the_entries_and_hash_to_the_tiles() throws Exception {
    var entries = entries("000");

    assertThat(entries).hasSize(256);
    assertThat(entries.getFirst()).isEqualTo(sealed.events().getFirst().entry());
    assertThat(joined(entries.stream().map(MerkleHash::leaf).toList())).isEqualTo(tile("0/000"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0/002", "0/003.p/1", "1/000", "1/000.p/3", "2/000.p/1", "entries/002"})
  void what_the_checkpoint_does_not_have_is_404(String path) {
    assertThat(service.status("/api/audit/tile/" + path)).isEqualTo(404);
  }

  @Test
  void a_tile_may_be_kept_for_ever_and_a_checkpoint_may_not() throws Exception {
    try (var tile = service.open("/api/audit/tile/0/000").body()) {
      assertThat(tile.readAllBytes()).hasSize(8192);
    }
    assertThat(service.send("HEAD", "/api/audit/tile/0/000").headers().allValues("Cache-Control"))
        .containsExactly("private, max-age=31536000, immutable");
    assertThat(service.get("/api/audit/checkpoint").headers().allValues("Cache-Control"))
        .containsExactly("no-store");
  }

  @Test
  void every_entry_is_proven_to_be_there() {
    var size = sealedAtFirst();
    for (int index :
        IntStream.concat(IntStream.of(0, 255, 256, size - 1), RANDOM.ints(20, 0, size)).toArray()) {
      var proof = service.json("/api/audit/proof?index=" + index);

      var leaf = sealed.events().get(index).leafHash();
      assertThat(Verifier.includes(index, size, leaf, hashes(proof), sealed.root(size))).isTrue();
      assertThat(Verifier.hash(proof.path("root").asString())).isEqualTo(sealed.root(size));
      assertThat(Verifier.includes(index, size, sealed.root(1), hashes(proof), sealed.root(size)))
          .isEqualTo(index == 0);
    }
  }

  @Test
  void of_any_two_trees_the_smaller_is_proven_to_be_the_beginning() {
    for (int i = 0; i < 25; i++) {
      var size = 1 + RANDOM.nextInt(sealedAtFirst());
      var from = i < 5 ? Integer.highestOneBit(size) : RANDOM.nextInt(size + 1);

      var proof = another.json("/api/audit/proof?from=%d&size=%d".formatted(from, size));

      assertThat(
              Verifier.extendsTree(from, sealed.root(from), size, sealed.root(size), hashes(proof)))
          .as("from %d to %d", from, size)
          .isTrue();
    }
  }

  @Test
  void as_text_a_proof_needs_nothing_else() throws Exception {
    try (var body = service.open("/api/audit/proof?index=300", "Accept", "text/plain").body()) {
      var parts = new String(body.readAllBytes(), UTF_8).split("\n\n", 2);

      var lines = parts[0].lines().toList();
      assertThat(lines.subList(0, 2)).containsExactly("c2sp.org/tlog-proof@v1", "index 300");
      assertThat(parts[1]).isEqualTo(checkpoint);
      var size = sealedAtFirst();
      var proof = lines.subList(2, lines.size()).stream().map(Verifier::hash).toList();
      assertThat(
              Verifier.includes(
                  300, size, sealed.events().get(300).leafHash(), proof, sealed.root(size)))
          .isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "actor=alice&type=InstancePaused, 75",
    "actor=key_1&type=InstancePaused, 75",
    "actor=mallory, 0",
    "type=KeyRevoked, 1",
    "type=KeyRevoked&actor=admin, 1",
    "type=InstanceStarted&to=2026-03-14T09:00:00Z, 0",
    "type=InstanceStarted&from=2026-03-14T10:00:01.123456Z, 75",
    "type=InstanceStarted&from=1773482401&to=1773482401, 75",
    "type=InstanceStarted&from=1773482402, 0",
  })
  void a_search_finds_what_fits(String query, int count) {
    assertThat(found("/api/audit/events?limit=1000&" + query)).hasSize(count);
  }

  @Test
  void what_is_found_is_the_stored_event_and_makes_up_its_entry() {
    var found = found("/api/audit/events?instance_id=" + story.id());

    assertThat(found).hasSize(story.events().size());
    for (var event : found) {
      var index = event.path("leaf_index").asInt();
      var stored = sealed.events().get(index).event();
      assertThat(event.path("data").toString())
          .isEqualTo(new String(stored.encoded().data(), UTF_8));
      assertThat(event.path("type").asString()).isEqualTo(stored.encoded().type());
      assertThat(event.path("actor").path("name").asString()).isEqualTo("alice");
      assertThat(event.path("salts").size()).isEqualTo(3);
    }
  }

  @Test
  void pages_join_without_a_seam() {
    var seen = new ArrayList<Integer>();
    var next = "/api/audit/events?limit=97";
    while (!next.isEmpty()) {
      var answer = service.get(next);
      inBody(answer.body()).forEach(event -> seen.add(event.path("leaf_index").asInt()));
      next = answer.headers().firstValue("Link").orElse("").replaceAll("<(.+)>.*", "$1");
    }

    assertThat(seen.subList(0, sealedAtFirst()))
        .isEqualTo(IntStream.range(0, sealedAtFirst()).boxed().toList());
  }

  @Test
  void as_lines_all_of_them_come_in_one_answer() throws Exception {
    try (var body = service.open("/api/audit/events", "Accept", "application/x-ndjson").body()) {
      var lines = new String(body.readAllBytes(), UTF_8).lines().toList();

      assertThat(lines).hasSizeGreaterThanOrEqualTo(sealedAtFirst());
      assertThat(lines.get(7)).isEqualTo(service.json("/api/audit/events").get(7).toString());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 255, 499, 500, 510})
  void what_comes_after_an_index_is_found_as_a_list_and_as_lines(long index) throws Exception {
    var path = "/api/audit/events?limit=3&after=" + index;

    assertThat(found(path))
        .extracting(event -> event.path("leaf_index").asLong())
        .containsExactly(index + 1, index + 2, index + 3);
    try (var body =
        service.open("/api/audit/events?after=" + index, "Accept", "application/x-ndjson").body()) {
      assertThat(new String(body.readAllBytes(), UTF_8))
          .startsWith("{\"leaf_index\":%d,".formatted(index + 1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "x", "1.5", ""})
  void an_index_that_is_none_is_refused(String after) {
    assertThat(service.status("/api/audit/events?after=" + after)).isEqualTo(400);
  }

  @Test
  void as_csv_all_of_them_come_too() throws Exception {
    var path = "/api/audit/events?instance_id=" + story.id();
    try (var body = service.open(path, "Accept", "text/csv").body()) {
      var rows = Csv.rows(new String(body.readAllBytes(), UTF_8));

      assertThat(rows).isEqualTo(found(path).stream().map(Csv::row).toList());
      assertThat(rows.get(5).get("data")).contains("no, \\\"never\\\"");
    }
  }

  @Test
  void a_browser_keeps_csv_as_a_file() throws Exception {
    var answer = service.open("/api/audit/events?limit=1", "Accept", "text/csv");

    try (var _ = answer.body()) {
      assertThat(answer.headers().firstValue("Content-Disposition"))
          .hasValue("attachment; filename=\"muster-events.csv\"");
    }
  }

  @Test
  void what_just_happened_is_found_at_either_replica_once_it_can_be_read() {
    var fresh = life("fresh").events();
    sealed.tell(fresh);

    for (var replica : List.of(another, service)) {
      await().until(() -> replica.status("/api/instances/" + fresh.getFirst().subject()) == 200);
      var answer = replica.get("/api/audit/events?instance_id=" + fresh.getFirst().subject());

      assertThat(answer.headers().firstValue("Read-Side")).isEmpty();
      assertThat(inBody(answer.body())).isNotEmpty();
    }
  }

  @Test
  void entries_that_come_twice_or_too_early_change_nothing() {
    var before = found("/api/audit/events?type=InstanceTerminated&limit=1000").size();
    sealed.events().subList(0, 5).forEach(again -> topic.tell(AuditRecords.write(again)));
    sealed.tellLastFirst(life("after").events());

    await()
        .untilAsserted(
            () ->
                assertThat(found("/api/audit/events?type=InstanceTerminated&limit=1000"))
                    .hasSize(before + 1));
  }

  private static int sealedAtFirst() {
    return STORIES * 8 + 2;
  }

  private static Story life(String name) {
    return Story.running(name)
        .pauseRequested()
        .paused()
        .resumeRequested()
        .failed(OperationKind.RESUME, FailureCode.REFUSED, "no, \"never\"")
        .deletionRequested()
        .terminated();
  }

  private static List<byte[]> entries(String path) throws Exception {
    var entries = new ArrayList<byte[]>();
    try (var bundle = new DataInputStream(service.open("/api/audit/tile/entries/" + path).body())) {
      for (int i = 0; i < 256; i++) {
        entries.add(bundle.readNBytes(bundle.readUnsignedShort()));
      }
      assertThat(bundle.read()).isEqualTo(-1);
    }
    return entries;
  }

  private static byte[] tile(String path) throws IOException {
    try (var body = service.open("/api/audit/tile/" + path).body()) {
      return body.readAllBytes();
    }
  }

  private static byte[] rootOf(List<byte[]> leaves) {
    return MerkleHash.perfect(leaves);
  }

  private static byte[] joined(List<byte[]> hashes) {
    var all = new ByteArrayOutputStream();
    hashes.forEach(all::writeBytes);
    return all.toByteArray();
  }

  private static List<byte[]> hashes(JsonNode proof) {
    return StreamSupport.stream(proof.path("hashes").spliterator(), false)
        .map(hash -> Verifier.hash(hash.asString()))
        .toList();
  }

  private static List<JsonNode> found(String path) {
    return StreamSupport.stream(service.json(path).spliterator(), false).toList();
  }

  private static List<JsonNode> inBody(String body) {
    return StreamSupport.stream(JSON.readTree(body).spliterator(), false).toList();
  }
}
