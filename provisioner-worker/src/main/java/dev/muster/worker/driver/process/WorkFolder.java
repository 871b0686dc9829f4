package dev.muster.worker.driver.process;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;

/** Whose the folder of an instance is. */
final class WorkFolder {

  private WorkFolder() {}

  /** 0 when there is none, too. */
  static int owner(Path work) throws IOException {
    try {
      return (int) Files.getAttribute(work, "unix:uid", NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  /**
   * Makes it that user's, with what is in it. Its own owner is changed last: one that was given
   * halfway is given again.
   */
  static void give(Path work, int user) throws IOException {
    if (owner(work) != user) {
      var found = new ArrayList<Path>();
      var open = new ArrayDeque<Path>();
      open.add(work);
      while (!open.isEmpty()) {
        var folder = open.pop();
        found.add(folder);
        try (var entries = Files.newDirectoryStream(folder)) {
          for (var entry : entries) {
            if (Files.isDirectory(entry, NOFOLLOW_LINKS)) {
              open.push(entry);
            } else if (isOnlyHere(entry)) {
              own(entry, user);
            }
          }
        } catch (DirectoryIteratorException e) {
          throw e.getCause();
        }
      }
      for (var folder : found.reversed()) {
        own(folder, user);
      }
    }
    if (user != 0) {
      Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwx------"));
    }
  }

  // What has another name may be a file of the platform, and a device is none of its business.
  private static boolean isOnlyHere(Path entry) throws IOException {
    var isFile = Files.isRegularFile(entry, NOFOLLOW_LINKS) || Files.isSymbolicLink(entry);
    return isFile && (int) Files.getAttribute(entry, "unix:nlink", NOFOLLOW_LINKS) == 1;
  }

  private static void own(Path path, int user) throws IOException {
    Files.setAttribute(path, "unix:gid", user, NOFOLLOW_LINKS);
    Files.setAttribute(path, "unix:uid", user, NOFOLLOW_LINKS);
  }
}
