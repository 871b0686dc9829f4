package dev.muster.worker.driver.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.worker.driver.HostFaultException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {

  @TempDir Path data;
  private Path root;

  @BeforeEach
  void make_the_root() throws IOException {
    root = Files.createDirectory(data.resolve("root"));
  }

  @Test
  void paths_longer_than_a_path_can_be_are_deleted() throws Exception {
    sh(
        "name=$(printf 'd%.0s' $(seq 120)); for i in $(seq 60); do mkdir $name && cd -P $name"
            + " && touch file || exit 1; done");

    FileTree.delete(root);

    assertThat(root).doesNotExist();
  }

  @Test
  void folders_nested_deeper_than_there_are_descriptors_are_deleted() throws Exception {
    sh("i=0; while [ $i -lt 3000 ]; do mkdir d && cd -P d || exit 1; i=$((i + 1)); done");

    FileTree.delete(root);

    assertThat(root).doesNotExist();
  }

  @Test
  void names_modes_and_kinds_of_files_do_not_matter() throws Exception {
    sh(
        "mkfifo fifo; mkdir \"$(printf 'bad\\377')\"; touch -- \"$(printf 'bad\\377/\\376')\" 'a"
            + " b' '-rf' '*'; ln -s nowhere broken; mkdir -p locked/inner 0 deleted; touch"
            + " locked/inner/file; chmod 000 locked/inner locked; for i in $(seq 2000); do :"
            + " > many$i; done");

    FileTree.delete(root);

    assertThat(root).doesNotExist();
  }

  @Test
  void links_out_of_the_tree_are_not_followed() throws Exception {
    var kept = Files.writeString(Files.createDirectory(data.resolve("other")).resolve("kept"), "x");
    sh("ln -s ../other folder; ln -s ../other/kept file; ln ../other/kept hard");

    FileTree.delete(root);

    assertThat(root).doesNotExist();
    assertThat(kept).hasContent("x");
  }

  @Test
  void what_a_crash_has_left_is_deleted_by_the_next_try() throws Exception {
    sh("mkdir -p deleted123/0/inner work; touch deleted123/0/inner/file");

    FileTree.delete(root);

    assertThat(root).doesNotExist();
  }

  @Test
  void a_fault_does_not_repeat_a_long_path() {
    assertThatThrownBy(
            () ->
                HostAction.onHost(
                    () -> {
                      throw new FileSystemException("d".repeat(4_000), null, "Too many open files");
                    }))
        .isInstanceOf(HostFaultException.class)
        .hasMessageContaining("Too many open files")
        .message()
        .hasSizeLessThan(400);
  }

  private void sh(String script) throws Exception {
    var shell = new ProcessBuilder("sh", "-c", script).directory(root.toFile()).inheritIO().start();
    assertThat(shell.waitFor()).isZero();
  }
}
