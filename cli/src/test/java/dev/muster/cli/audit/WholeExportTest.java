package dev.muster.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.Terminal;
import dev.muster.cli.proof.SampleLog;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole log in one file, from a server that breaks off. */
class WholeExportTest {

  private static final SampleLog LOG = new SampleLog(700, 21);

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("log.ndjson");
  }

  private Path part() {
    return folder.resolve("log.ndjson.part");
  }

  private static Terminal asking(LogServer server) {
    return new Terminal().with("MUSTER_URL", server.url()).with("MUSTER_API_KEY", "ik_secret");
  }

  private Terminal exported(LogServer server, int status) {
    var terminal = asking(server);
    assertThat(terminal.run("audit", "export", file().toString()))
        .as(terminal.err())
        .isEqualTo(status);
    return terminal;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255, 256, 257, 700})
  void the_file_is_the_whole_log_whatever_its_size(int size) throws IOException {
    var log = new SampleLog(size, 21);
    try (var server = new LogServer(log)) {
      var terminal = exported(server, 0);

      assertThat(terminal.out())
          .contains("has all %d events of example.com/sample".formatted(size));
      assertThat(Files.readAllLines(file())).isEqualTo(log.export());
      assertThat(part()).doesNotExist();
      var offline = new Terminal();
      assertThat(offline.run("audit", "verify", file().toString(), "--key", log.key())).isZero();
      assertThat(offline.out())
          .contains("is whole and as it was signed: all %d events".formatted(size));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {256, 300, 511, 650})
  void an_answer_that_breaks_off_is_taken_up_again(int rows) throws IOException {
    try (var server = new LogServer(LOG)) {
      server.cutAfter = rows;

      exported(server, 0);

      assertThat(Files.readAllLines(file())).isEqualTo(LOG.export());
      assertThat(server.asked)
          .contains("/api/audit/events?after=%d".formatted(rows / 256 * 256 - 1));
    }
  }

  @Test
  void what_was_cut_off_is_kept_beside_the_name_and_continued_by_the_same_command()
      throws IOException {
    try (var server = new LogServer(LOG)) {
      server.cutAfter = 600;
      server.answers.set(1);
      var cut = exported(server, 7);

      assertThat(cut.err()).contains("log.ndjson.part; the same command goes on there");
      assertThat(file()).doesNotExist();
      var half = new Terminal();
      assertThat(half.run("audit", "verify", part().toString())).isEqualTo(8);
      assertThat(half.err()).contains("half an export");

      server.answers.set(Integer.MAX_VALUE);
      server.asked.clear();
      var next = exported(server, 0);

      assertThat(next.err()).contains("Goes on at index 512");
      assertThat(server.asked)
          .contains("/api/audit/events?after=511")
          .doesNotContain("/api/audit/events");
      assertThat(Files.readAllLines(file())).isEqualTo(LOG.export());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 40, 100, 100_000, 250_000, 400_000})
  void a_file_that_ends_anywhere_is_continued(int bytes) throws IOException {
    Files.writeString(part(), String.join("\n", LOG.export()) + "\n");
    try (var channel = FileChannel.open(part(), StandardOpenOption.WRITE);
        var server = new LogServer(LOG)) {
      channel.truncate(bytes);

      exported(server, 0);

      assertThat(Files.readAllLines(file())).isEqualTo(LOG.export());
    }
  }

  @Test
  void a_log_that_grew_meanwhile_is_exported_as_it_is_now() throws IOException {
    var before = new SampleLog(300, 21);
    try (var server = new LogServer(LOG)) {
      Files.writeString(part(), String.join("\n", before.export()) + "\n");

      exported(server, 0);

      assertThat(Files.readAllLines(file())).isEqualTo(LOG.export());
    }
  }

  @Test
  void half_an_export_of_another_log_of_that_name_is_not_continued() throws IOException {
    try (var server = new LogServer(LOG)) {
      Files.writeString(part(), String.join("\n", new SampleLog(700, 22).export()) + "\n");

      assertThat(exported(server, 8).err())
          .contains("was begun with other events than this log has");
    }
  }

  @Test
  void something_else_in_the_place_of_half_an_export_stays_as_it_is() throws IOException {
    try (var server = new LogServer(LOG)) {
      Files.writeString(part(), "my notes\n");

      assertThat(exported(server, 2).err())
          .contains("is no export of the log 'example.com/sample'");
      assertThat(part()).hasContent("my notes\n");
    }
  }

  @Test
  void a_file_that_is_there_is_not_written_over() throws IOException {
    try (var server = new LogServer(LOG)) {
      Files.writeString(file(), "evidence");

      assertThat(exported(server, 2).err()).contains("is there already, and stays as it is");
      assertThat(file()).hasContent("evidence");
    }
  }

  @Test
  void what_a_part_of_the_log_is_taken_from_cannot_prove_itself() {
    var terminal = new Terminal().with("MUSTER_URL", "http://127.0.0.1:1");

    assertThat(terminal.run("audit", "export", "x", "--actor", "admin")).isEqualTo(2);

    assertThat(terminal.err()).contains("takes the whole log");
  }

  @Test
  void what_is_masked_has_what_was_signed_beside_it() throws IOException {
    try (var server = new LogServer(LOG)) {
      server.rows = LOG.masked();

      assertThat(exported(server, 0).out())
          .contains("not checked: data of 140 events: values of env are masked");
      assertThat(Files.readString(file())).doesNotContain("hunter2").contains("{\"entry\":");
    }
  }

  @Test
  void a_server_that_gives_another_event_than_it_has_signed_is_found_at_once() throws IOException {
    try (var server = new LogServer(LOG)) {
      server.rows = new ArrayList<>(LOG.rows);
      server.rows.set(300, server.rows.get(300).replace("127.0.0.1", "127.0.0.2"));

      assertThat(exported(server, 8).err())
          .contains("index 300 was changed", "What the server gave is kept in");
      assertThat(file()).doesNotExist();
    }
  }

  @Test
  void an_event_that_is_not_signed_yet_is_waited_for() throws Exception {
    try (var server = new LogServer(LOG)) {
      server.looksBefore.set(3);

      exported(server, 0);

      assertThat(Files.readAllLines(file())).isEqualTo(LOG.export());
    }
  }

  @Test
  void a_checkpoint_that_its_own_key_has_not_signed_is_refused() throws IOException {
    var other = new SampleLog(LOG.name, 0, 1, SampleLog.pair());
    try (var server = new LogServer(LOG).on("/api/audit/key", other.key())) {
      assertThat(exported(server, 8).err()).contains("is signed by another key");
    }
  }
}
