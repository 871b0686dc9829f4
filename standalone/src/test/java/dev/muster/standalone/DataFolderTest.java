package dev.muster.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.ops.launch.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

  @TempDir Path temporary;

  @Test
  void a_new_folder_is_its_owners_alone() throws IOException {
    var path = temporary.resolve("a/b");
    try (var folder = DataFolder.open(path)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
          .isEqualTo("rwx------");
    }
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
      var first = AdminKey.in(folder);
      var second = AdminKey.in(folder);
      assertThat(first.fresh()).isTrue();
      assertThat(second.fresh()).isFalse();
      assertThat(second.text()).isEqualTo(first.text()).startsWith("ik_");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(first.file())))
          .isEqualTo("rw-------");
    }
  }
}
