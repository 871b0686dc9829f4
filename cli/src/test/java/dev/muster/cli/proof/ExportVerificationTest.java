package dev.muster.cli.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import dev.muster.cli.output.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an export proves, and what is said of one that was changed. */
class ExportVerificationTest {

  private static final SampleLog LOG = new SampleLog(600, 7);
  private static final SampleLog OTHER = new SampleLog(600, 8);

  @TempDir Path folder;

  private VerificationResult verify(List<String> lines, TrustAnchors evidence) {
    return ProofFile.verify(file(lines), evidence);
  }

  private Failure refused(List<String> lines, TrustAnchors evidence) {
    return catchThrowableOfType(Failure.class, () -> ProofFile.verify(file(lines), evidence));
  }

  /** With the key of the log and the checkpoint over all of it kept. */
  private Failure refused(List<String> lines) {
    return refused(lines, kept(LOG, 600));
  }

  private Path file(List<String> lines) {
    try {
      return Files.writeString(folder.resolve("log"), String.join("\n", lines) + "\n");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static TrustAnchors kept(SampleLog log, int size) {
    return kept(log.checkpoint(size), LogKey.parse(log.key()));
  }

  private static TrustAnchors kept(String note, LogKey... keys) {
    var checkpoint = SignedCheckpoint.parse(note, "kept");
    return new TrustAnchors(List.of(keys), Optional.of(new TrustAnchors.Kept(checkpoint, "kept")));
  }

  /** The line of that index. */
  private static int line(int index) {
    return 1 + index + index / SampleLog.WIDTH;
  }

  private static List<String> changed(int index, String from, String to) {
    var lines = LOG.export();
    var row = lines.get(line(index));
    assertThat(row).contains(from);
    lines.set(line(index), row.replaceFirst(Pattern.quote(from), to));
    return lines;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 255, 256, 257, 511, 512, 600})
  void a_whole_export_is_proved_whatever_its_size(int size) {
    var log = new SampleLog(size, 3);

    var verified = verify(log.export(), kept(log, size));

    assertThat(verified.what())
        .contains("whole and as it was signed", "all %d events".formatted(size));
    assertThat(verified.more()).noneMatch(line -> line.contains("not checked"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 255, 256, 257, 300, 512, 599, 600})
  void a_checkpoint_that_was_kept_is_of_the_same_past(int size) {
    assertThat(verify(LOG.export(), kept(LOG, size)).more())
        .contains("the first %d are those that kept was signed over".formatted(size));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 255, 256, 257, 300, 512, 599, 600})
  void a_past_that_was_made_anew_is_found_by_a_checkpoint_that_was_kept(int size) {
    var old = new SampleLog(LOG.name, 600, 9, SampleLog.pair());
    // The owner of the key has signed both.
    var note = LOG.sign(old.checkpoint(size).split("\n\n")[0] + "\n");

    assertThat(refused(LOG.export(), kept(note)))
        .hasMessageContaining("the log was rewritten: its first %d events".formatted(size))
        .extracting(Failure::exit)
        .isEqualTo(Exit.NOT_PROVED);
  }

  @Test
  void a_key_that_came_with_the_file_is_said_to_prove_little() {
    assertThat(verify(LOG.export(), TrustAnchors.NONE).more().getFirst())
        .contains("the key in the file", "--key");
  }

  @ParameterizedTest
  @CsvSource({
    "event_id\":\"ev_, event_id\":\"ev_1",
    "subject\":\"inst_, subject\":\"inst_1",
    "sequence\":, sequence\":1",
    "PauseRequested, ResumeRequested",
    "revision\":1, revision\":2",
    "06:46, 06:47",
    "key_7OD7ojMX, key_7OD7ojMY",
    "Ada, Eve",
    "req_, req_1",
    "causation\":null, causation\":\"x\"",
    "traceparent\":null, traceparent\":\"x\"",
    "127.0.0.1, 127.0.0.2",
    "op_, op_1",
    "\"at\":\"2026\", \"at\":\"2027\"",
    "\"at\":\"2026\", '\"at\":\"2026\",\"more\":1'",
  })
  void a_changed_row_is_named(String from, String to) {
    assertThat(refused(changed(302, from, to)))
        .hasMessageContaining("is not as it was signed: index 302 was changed (line 305, ev_")
        .extracting(Failure::exit)
        .isEqualTo(Exit.NOT_PROVED);
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"leaf_index\"', '{\"note\":1,\"leaf_index\"', no entry vouches for its field 'note'",
    "'\"name\":', '\"mail\":\"x\",\"name\":', no entry vouches for its field 'actor.mail'",
    "'\"subject\"', '\"event_id\":\"x\",\"subject\"', is there twice",
    "'{\"leaf_index\"', '{leaf_index\"', it is no JSON",
    "'\"sequence\":', '\"sequence\":0.', its sequence is no whole number",
  })
  void what_no_entry_vouches_for_is_found_too(String from, String to, String why) {
    assertThat(refused(changed(302, from, to)))
        .hasMessageContainingAll("index 302 was changed", why);
  }

  @Test
  void a_place_that_was_changed_is_named() {
    assertThat(refused(changed(302, "leaf_index\":302", "leaf_index\":303")))
        .hasMessageContainingAll("index 302 (line 305, ev_", "says that its leaf_index is 303");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 254, 255, 256, 599})
  void a_missing_row_is_named(int index) {
    var lines = LOG.export();
    lines.remove(line(index));

    assertThat(refused(lines)).hasMessageContaining("index %d is missing".formatted(index));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 254, 255, 256, 599})
  void a_row_that_was_put_in_is_named(int index) {
    var lines = LOG.export();
    lines.add(line(index), OTHER.rows.get(index));

    assertThat(refused(lines))
        .hasMessageContaining(
            "an event that was never signed was put in before index %d (line".formatted(index));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 2", "254, 255", "256, 255", "599, 598", "3, 400", "400, 3"})
  void a_row_that_stands_twice_is_named(int index, int before) {
    var lines = LOG.export();
    lines.add(line(before), LOG.rows.get(index));

    assertThat(refused(lines)).hasMessageContaining("index %d stands twice".formatted(index));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "254, 255", "255, 256", "0, 599", "3, 9"})
  void rows_that_have_changed_places_are_named(int one, int other) {
    var lines = LOG.export();
    Collections.swap(lines, line(one), line(other));

    assertThat(refused(lines))
        .hasMessageContaining("index %d and index %d have changed places".formatted(one, other));
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 200, 400, 599})
  void a_row_that_was_moved_is_named(int to) {
    var lines = LOG.export();
    lines.add(line(to), lines.remove(line(3)));

    assertThat(refused(lines)).hasMessageContaining("index 3 stands out of its place, in line ");
  }

  @Test
  void a_row_in_the_place_of_another_is_named() {
    var lines = LOG.export();
    lines.set(line(3), LOG.rows.get(400));

    assertThat(refused(lines))
        .hasMessageContaining("index 3 is missing, and a copy of index 400 stands in its place");
  }

  @Test
  void a_tile_that_is_missing_with_its_hashes_is_named() {
    var lines = LOG.export();
    lines.subList(line(256), line(512)).clear();

    assertThat(refused(lines)).hasMessageContaining("from index 256 to 511 are missing");
  }

  @Test
  void hashes_that_were_changed_are_told_from_rows_that_were() {
    var lines = new ArrayList<>(LOG.export());
    lines.set(line(511) + 1, OTHER.tile(1));

    assertThat(refused(lines))
        .hasMessageContaining(
            "the hash kept for index 256 was changed (line 515); every row is as it was signed")
        .extracting(Failure::exit)
        .isEqualTo(Exit.NOT_PROVED);
  }

  @Test
  void a_row_that_was_changed_with_its_hash_is_found_by_the_root() {
    var forged = new SampleLog(600, 7);
    forged.rows.set(302, OTHER.rows.get(302));
    forged.leaves.set(302, OTHER.leaves.get(302));
    var lines = forged.export();
    lines.set(lines.size() - 1, LOG.export().getLast());

    assertThat(refused(lines)).hasMessageContaining("not the signed root");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 257, 258, 259, 400, 602, 603, 604})
  void half_an_export_is_never_taken_for_whole(int lines) {
    assertThat(refused(LOG.export().subList(0, lines)))
        .hasMessageContaining("half an export")
        .extracting(Failure::exit)
        .isEqualTo(Exit.NOT_PROVED);
  }

  @Test
  void an_end_without_its_rows_is_found() {
    var lines = LOG.export();
    lines.subList(line(512), lines.size() - 1).clear();

    assertThat(refused(lines))
        .hasMessageContaining("has 512 rows, and its checkpoint was signed over 600");
  }

  @Test
  void what_stands_behind_the_end_is_found() {
    var lines = LOG.export();
    lines.add(LOG.rows.getFirst());

    assertThat(refused(lines)).hasMessageContaining("line 606 stands behind the end");
  }

  @Test
  void rows_of_another_log_are_found() {
    var lines = OTHER.export();
    lines.set(lines.size() - 1, LOG.export().getLast());

    assertThat(refused(lines)).hasMessageContaining("has the rows of another log");
  }

  @Test
  void a_checkpoint_of_another_log_is_said_to_be_one() {
    var elsewhere = new SampleLog("example.com/elsewhere", 600, 7, SampleLog.pair());

    assertThat(refused(LOG.export(), kept(elsewhere.checkpoint(600), LogKey.parse(LOG.key()))))
        .hasMessageContaining(
            "kept is of the log 'example.com/elsewhere', and %s is an export of"
                .formatted(folder.resolve("log")));
  }

  @Test
  void a_checkpoint_of_another_key_is_said_to_be_one() {
    var elsewhere = new SampleLog(LOG.name, 600, 7, SampleLog.pair());

    assertThat(refused(LOG.export(), kept(LOG.checkpoint(600), LogKey.parse(elsewhere.key()))))
        .hasMessageContaining("is signed by another key");
    assertThat(refused(LOG.export(), kept(elsewhere.checkpoint(600), LogKey.parse(LOG.key()))))
        .hasMessageContaining("kept is signed by another key");
  }

  @Test
  void a_key_that_was_changed_is_known_beside_the_new_one() {
    var before = new SampleLog(LOG.name, 600, 7, SampleLog.pair());
    var evidence =
        kept(before.checkpoint(500), LogKey.parse(before.key()), LogKey.parse(LOG.key()));

    assertThat(verify(LOG.export(), evidence).what()).contains("as it was signed");
  }

  @Test
  void a_checkpoint_without_a_signature_is_said_to_be_unsigned() {
    var unsigned = LOG.checkpoint(600).split("\n\n")[0] + "\n";
    var lines = LOG.export();
    lines.set(lines.size() - 1, SampleLog.foot(unsigned, LOG.key()));

    assertThat(refused(lines)).hasMessageContaining("is not signed");
    assertThat(refused(LOG.export(), kept(unsigned, LogKey.parse(LOG.key()))))
        .hasMessageContaining("kept is not signed");
  }

  @Test
  void a_checkpoint_that_was_changed_is_said_to_be() {
    var note = LOG.checkpoint(600).replace("\n600\n", "\n599\n");
    var lines = LOG.export();
    lines.set(lines.size() - 1, SampleLog.foot(note, LOG.key()));

    assertThat(refused(lines)).hasMessageContaining("was changed: its signature is not that of");
  }

  @Test
  void an_export_that_is_older_than_what_was_kept_is_said_to_be() {
    var log = new SampleLog(300, 7);

    assertThat(refused(log.export(), kept(new SampleLog(600, 7), 600)))
        .hasMessageContaining("is older than kept: it has 300 of the 600 events");
  }

  @Test
  void masked_values_are_counted_and_all_else_is_checked() {
    var lines = masked(LOG.masked());

    assertThat(verify(lines, kept(LOG, 600)).more())
        .contains(
            "not checked: data of 120 events: values of env are masked (index 0, 5, 10, 15, 20,"
                + " …)");
    lines.set(lines.indexOf(LOG.masked().get(1)), LOG.masked().get(1).replace("Ada", "Eve"));
    assertThat(refused(lines)).hasMessageContaining("index 1 was changed");
  }

  @Test
  void a_masked_row_that_was_changed_says_what_was() {
    var rows = LOG.masked();
    rows.set(5, rows.get(5).replace("06:46", "06:47").replace("Ada", "Eve"));

    assertThat(refused(masked(rows)))
        .hasMessageContainingAll(
            "index 5 was changed",
            "its occurred_at is 2026-11-24T06:47:05.000005Z, and 2026-11-24T06:46:05.000005Z was"
                + " signed",
            "its actor_name is not the one that was signed");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 255, 595})
  void a_masked_row_that_is_missing_is_named_with_its_entry_and_without(int index) {
    var lines = masked(LOG.masked());
    lines.remove(LOG.masked().get(index));

    assertThat(refused(lines)).hasMessageContaining("index %d ".formatted(index));
    lines.remove(entry(index));
    assertThat(refused(lines)).hasMessageContaining("index %d is missing".formatted(index));
  }

  @Test
  void a_mask_that_was_put_over_something_else_is_found() {
    var lines = LOG.export();
    lines.set(line(5), LOG.masked().get(5));

    assertThat(refused(lines)).hasMessageContaining("index 5 was changed");
    // With the entry it is known to be a mask over what was there, and nothing else of the row
    // differs.
    lines.add(line(5) + 1, entry(5));
    assertThat(verify(lines, kept(LOG, 600)).more())
        .contains("not checked: data of 1 event: values of env are masked (index 5)");
    lines.set(line(5), LOG.masked().get(5).replace("\"***\"", "\"x\""));
    assertThat(refused(lines)).hasMessageContaining("its data is not the one that was signed");
  }

  @ParameterizedTest
  @CsvSource({
    "'\"127.0.0.1\"', source_ip of 1 event: deleted (index 4)",
    "'\"Ada é 1\"', actor_name of 1 event: deleted (index 4)",
  })
  void what_was_deleted_is_counted(String value, String line) {
    var lines = LOG.export();
    var row = lines.get(line(4));
    lines.set(line(4), row.replace(value, "null"));
    lines.add(line(4) + 1, entry(4));

    assertThat(verify(lines, kept(LOG, 600)).more()).contains("not checked: " + line);
  }

  @Test
  void deleted_salts_are_counted() {
    var lines = LOG.export();
    lines.set(line(4), lines.get(line(4)).replaceFirst("\"salts\":.*}}", "\"salts\":null}"));
    lines.add(line(4) + 1, entry(4));

    assertThat(verify(lines, kept(LOG, 600)).more())
        .contains(
            "not checked: actor_name of 1 event: deleted (index 4)",
            "not checked: data of 1 event: deleted (index 4)",
            "not checked: source_ip of 1 event: deleted (index 4)");
  }

  private static String entry(int index) {
    return JsonText.MAPPER
        .createObjectNode()
        .put("entry", new String(LOG.entries.get(index), UTF_8))
        .toString();
  }

  /** As an export has them: the signed entry behind each that differs. */
  private static List<String> masked(List<String> rows) {
    var lines = new ArrayList<String>();
    int index = 0;
    for (var line : LOG.export(rows)) {
      lines.add(line);
      if (line.startsWith("{\"leaf_index\"")) {
        if (line.contains("\"***\"")) {
          lines.add(entry(index));
        }
        index++;
      }
    }
    return lines;
  }

  @Test
  void windows_line_ends_are_named() throws IOException {
    var file = Files.writeString(folder.resolve("log"), String.join("\r\n", LOG.export()) + "\r\n");

    assertThatThrownBy(() -> ProofFile.verify(file, TrustAnchors.NONE))
        .hasMessageContaining("line ends of Windows (CRLF, line 1)");
  }

  @Test
  void a_compressed_export_is_named() throws IOException {
    var file = folder.resolve("log.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(String.join("\n", LOG.export()).getBytes(UTF_8));
    }

    assertThatThrownBy(() -> ProofFile.verify(file, TrustAnchors.NONE))
        .hasMessageContaining("is compressed with gzip; unpack it first: gunzip")
        .extracting(e -> ((Failure) e).exit())
        .isEqualTo(Exit.USAGE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|is empty",
        "'leaf_index,event_id'|is CSV",
        "'{\"leaf_index\":0}'|has rows alone",
        "'<html>'|is no export of the audit log",
        "'{\"muster_audit_export\":2,\"log\":\"x\"}'|is of version 2",
        "'{\"muster_audit_export\":1,\"log\":\"x\" }'|was changed in its first line",
      })
  void what_is_no_export_is_said_to_be_none(String text, String what) throws IOException {
    var file = Files.writeString(folder.resolve("log"), text);

    assertThatThrownBy(() -> ProofFile.verify(file, TrustAnchors.NONE)).hasMessageContaining(what);
  }

  @Test
  void a_file_that_is_not_there_is_said_not_to_be() {
    assertThatThrownBy(() -> ProofFile.verify(folder.resolve("none"), TrustAnchors.NONE))
        .hasMessageContaining("there is no file");
    assertThatThrownBy(() -> ProofFile.verify(folder, TrustAnchors.NONE))
        .hasMessageContaining("is no file");
  }
}
