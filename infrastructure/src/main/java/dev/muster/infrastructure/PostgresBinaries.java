package dev.muster.infrastructure;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked once per version into the user's cache folder: {@code
 * $XDG_CACHE_HOME/muster} or {@code ~/.cache/muster}.
 */
final class PostgresBinaries {

  private PostgresBinaries() {}

  /** The folder that has {@code bin}, {@code lib} and {@code share}. */
  static Path unpacked() {
    try {
      var archive = archive();
      var home = cache().resolve("postgresql-" + checksum(archive));
      if (!Files.isDirectory(home)) {
        unpack(archive, home);
      }
      return home;
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL's programs cannot be unpacked", e);
    }
  }

  private static URL archive() {
    var machine = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
    var name = "/postgres-linux-" + machine + ".txz";
    var archive = PostgresBinaries.class.getResource(name);
    if (archive == null || !System.getProperty("os.name").equals("Linux")) {
      throw new ServerStartException(
          "no PostgreSQL is packed for this system (%s, %s); set MUSTER_POSTGRESQL_URL to use one"
              .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
    }
    return archive;
  }

  private static String checksum(URL archive) throws IOException {
    if (archive.openConnection() instanceof JarURLConnection jar) {
      return Long.toHexString(jar.getJarEntry().getCrc());
    }
    throw new IOException(archive + " is not in a jar");
  }

  private static Path cache() throws IOException {
    var configured = System.getenv("XDG_CACHE_HOME");
    var base =
        configured == null || configured.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(configured);
    return Folders.ownerOnly(base.resolve("muster"));
  }

  /** Another process may do the same: each unpacks for itself, and the first to finish wins. */
  private static void unpack(URL archive, Path home) throws IOException {
    var fresh = Files.createTempDirectory(home.getParent(), "unpacking-");
    try (var tar =
        new TarArchiveInputStream(
            new XZInputStream(new BufferedInputStream(archive.openStream())))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        write(tar, entry, fresh.resolve(entry.getName()).normalize());
      }
      Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!Files.isDirectory(home)) {
        throw e;
      }
    } finally {
      Folders.delete(fresh);
    }
  }

  private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
      throws IOException {
    Files.createDirectories(target.getParent());
    if (entry.isDirectory()) {
      Files.createDirectories(target);
    } else if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, target);
      var mode = new HashSet<>(PosixFilePermissions.fromString("rw-r--r--"));
      if ((entry.getMode() & 0100) != 0) {
        mode.addAll(PosixFilePermissions.fromString("rwxr-xr-x"));
      }
      Files.setPosixFilePermissions(target, mode);
    }
  }
}
