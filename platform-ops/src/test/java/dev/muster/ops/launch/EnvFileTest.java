package dev.muster.ops.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvFileTest {

  @TempDir Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void name() {
    file = folder.resolve("infra.env");
  }

  @Test
  void what_is_written_is_read_and_is_its_owners_alone() throws IOException {
    EnvFile.write(
        file,
        List.of(
            new EnvFile.Entry("where it is", "MUSTER_A", "jdbc:x://h:1/d?a=b#c"),
            new EnvFile.Entry("nothing", "MUSTER_B", "")));

    assertThat(EnvFile.read(file))
        .isEqualTo(Map.of("MUSTER_A", "jdbc:x://h:1/d?a=b#c", "MUSTER_B", ""));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).contains("# where it is\nMUSTER_A=");
  }

  @Test
  void comments_and_empty_lines_mean_nothing() throws IOException {
    written("# by hand\n\n  \nMUSTER_A=1\n");
    assertThat(EnvFile.read(file)).isEqualTo(Map.of("MUSTER_A", "1"));
  }

  @Test
  void every_line_that_is_no_setting_is_named_without_what_stands_there() throws IOException {
    written("MUSTER_A=1\nsecret\nMUSTER-B=2\n");
    assertThatThrownBy(() -> EnvFile.read(file))
        .isInstanceOfSatisfying(
            StartException.class,
            e ->
                assertThat(e.lines())
                    .containsExactly(
                        "the env file %s line 2 is not NAME=value".formatted(file),
                        "the env file %s line 3 is not NAME=value".formatted(file)));
  }

  @Test
  void a_file_that_ends_within_a_line_is_half_written() throws IOException {
    written("MUSTER_A=1\nMUSTER_B=2");
    assertRefused("is half-written");
  }

  @Test
  void a_generated_file_without_its_end_is_half_written() throws IOException {
    EnvFile.write(file, List.of(new EnvFile.Entry("a", "MUSTER_A", "1")));
    written(Files.readString(file).replace(EnvFile.END + "\n", ""));
    assertRefused("is half-written");
  }

  @Test
  void a_file_that_others_can_read_is_refused_with_the_remedy() throws IOException {
    written("MUSTER_A=1\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertRefused("can be read by others: chmod 600 " + file);
  }

  @Test
  void a_missing_file_is_named() {
    assertRefused("does not exist");
  }

  private void written(String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private void assertRefused(String why) {
    assertThatThrownBy(() -> EnvFile.read(file))
        .isInstanceOf(StartException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(why);
  }
}
