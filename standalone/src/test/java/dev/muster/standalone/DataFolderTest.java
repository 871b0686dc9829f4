package dev.muster.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.ops.launch.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

  @TempDir Path temporary;

  @Test
  void a_new_folder_is_its_owners_alone_but_for_who_passes_to_an_instance() throws IOException {
    var path = temporary.resolve("a/b");
    try (var folder = DataFolder.open(path)) {
      var expected = FileModes.isRoot() ? "rwx--x--x" : "rwx------";
      assertThat(mode(folder.path())).isEqualTo(expected);
    }
  }

  @Test
  void what_others_could_read_in_a_folder_of_before_they_cannot_when_they_may_pass()
      throws IOException {
    assumeTrue(FileModes.isRoot());
    Files.setPosixFilePermissions(
        Files.writeString(temporary.resolve("muster.log"), "x"),
        PosixFilePermissions.fromString("rw-r--r--"));

    try (var folder = DataFolder.open(temporary)) {
      Files.writeString(folder.resolve("new"), "x");
      for (var name : List.of("muster.log", "lock", "muster.pid", "new")) {
        assertThat(mode(folder.resolve(name))).as(name).isEqualTo("rw-------");
      }
      assertThat(mode(folder.resolve("hosts"))).isEqualTo("rwx--x--x");
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void an_open_folder_names_its_process_and_a_closed_one_none() throws IOException {
    try (var folder = DataFolder.open(temporary)) {
      assertThat(folder.resolve("muster.pid"))
          .content()
          .matches(ProcessHandle.current().pid() + " \\d+\\R");
    }
    assertThat(temporary.resolve("muster.pid")).doesNotExist();
  }

  @Test
  void a_folder_that_was_closed_can_be_opened_again() throws IOException {
    DataFolder.open(temporary).close();
    DataFolder.open(temporary).close();
  }

  @Test
  void a_file_is_no_data_folder() throws IOException {
    var file = Files.createFile(temporary.resolve("file"));
    assertThatThrownBy(() -> DataFolder.open(file))
        .isInstanceOf(StartException.class)
        .hasMessageContaining(file + " is a file");
    assertThatThrownBy(() -> DataFolder.open(file.resolve("below")))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("cannot be written");
  }

  @Test
  void the_admin_key_is_made_once_and_only_its_owner_can_read_it() throws IOException {
    try (var folder = DataFolder.open(temporary)) {
      var first = AdminKeyFile.in(folder);
      var second = AdminKeyFile.in(folder);
      assertThat(first.fresh()).isTrue();
      assertThat(second.fresh()).isFalse();
      assertThat(second.text()).isEqualTo(first.text()).startsWith("ik_");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(first.file())))
          .isEqualTo("rw-------");
    }
  }
}
