package dev.muster.worker.driver.process;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;

/**
 * Deletes folders that an instance may have locked, or nested deeper than a path can be long: each
 * folder is moved up before it is emptied, so that paths stay short and one folder is open at a
 * time. Follows no links.
 */
final class FileTree {

  /** A path that goes on by one name still fits into the 4096 bytes that the kernel takes. */
  private static final int LONGEST_NAME = 1_200;

  private final Path moved;
  private long folders;

  private FileTree(Path moved) {
    this.moved = moved;
  }

  /** Removes it with everything below. Nothing there is fine. */
  static void delete(Path root) throws IOException {
    if (!Files.isDirectory(root, NOFOLLOW_LINKS)) {
      Files.deleteIfExists(root);
      return;
    }
    unlock(root);
    var moved = folderIn(root);
    var tree = new FileTree(moved);
    tree.empty(root);
    while (tree.deleteMoved()) {
      // Emptying a folder may have moved up more.
    }
    Files.deleteIfExists(moved);
    Files.deleteIfExists(root);
  }

  // Inside, so that what a crash leaves is deleted by the next try.
  private static Path folderIn(Path root) throws IOException {
    try {
      return Files.createTempDirectory(root, "deleted");
    } catch (IOException e) {
      // A full disk has no room for a folder either.
      deleteFiles(root);
      return Files.createTempDirectory(root, "deleted");
    }
  }

  /**
   * Deletes the files below it, as far as they can be named, and leaves the folders. Needs no room
   * on the disk.
   */
  static void deleteFiles(Path root) throws IOException {
    var open = new ArrayDeque<Path>();
    open.add(root);
    while (!open.isEmpty()) {
      var folder = open.pop();
      unlock(folder);
      try (var entries = Files.newDirectoryStream(folder)) {
        for (var entry : entries) {
          if (!Files.isDirectory(entry, NOFOLLOW_LINKS)) {
            Files.deleteIfExists(entry);
          } else if (entry.toString().length() < LONGEST_NAME) {
            open.push(entry);
          }
        }
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      }
    }
  }

  private boolean deleteMoved() throws IOException {
    boolean any = false;
    try (var entries = Files.newDirectoryStream(moved)) {
      for (var folder : entries) {
        empty(folder);
        Files.deleteIfExists(folder);
        any = true;
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return any;
  }

  private void empty(Path folder) throws IOException {
    try (var entries = Files.newDirectoryStream(folder)) {
      for (var entry : entries) {
        if (!Files.isDirectory(entry, NOFOLLOW_LINKS)) {
          Files.deleteIfExists(entry);
        } else if (!entry.equals(moved)) {
          unlock(entry);
          Files.move(entry, moved.resolve("" + folders++));
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  // A folder can be moved and read by its owner only with these.
  private static void unlock(Path folder) throws IOException {
    try {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    } catch (NoSuchFileException e) {
      // Gone meanwhile, which is what was wanted.
    }
  }
}
