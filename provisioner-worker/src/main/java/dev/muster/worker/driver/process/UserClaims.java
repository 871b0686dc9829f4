package dev.muster.worker.driver.process;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.muster.worker.driver.HostFaultException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Which instance has which user id, on the whole machine: user ids are the machine's, whatever data
 * folder an instance is in. A claim is a link, named by the id, to the folder of the instance, so
 * that it is there whole or not at all.
 */
final class UserClaims {

  /** Only root writes here. */
  static final Path MACHINE = Path.of("/var/lib/muster/uids");

  private static final Object IN_THIS_PROCESS = new Object();

  private final Path claims;

  UserClaims(Path claims) {
    this.claims = claims;
  }

  /** Makes the folder of the claims. */
  void prepare() throws IOException {
    Files.createDirectories(
        claims, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    locked(() -> true);
  }

  /** The folder of the instance that has it. */
  Optional<Path> holder(int user) throws IOException {
    try {
      return Optional.of(Files.readSymbolicLink(link(user)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  boolean holds(Path instance, int user) throws IOException {
    return holder(user).filter(instance::equals).isPresent();
  }

  /** A user id for that instance alone. Those that nobody ever had come first. */
  int claim(Path instance, UserIds ids) throws IOException {
    return locked(
        () -> {
          int begin = ThreadLocalRandom.current().nextInt(ids.size());
          for (boolean again : new boolean[] {false, true}) {
            for (int i = 0; i < ids.size(); i++) {
              int user = ids.first() + (begin + i) % ids.size();
              if (take(instance, user) || again && reuse(instance, user)) {
                return user;
              }
            }
          }
          throw new HostFaultException(
              "every user id of %d-%d is taken".formatted(ids.first(), ids.last()));
        });
  }

  /** Claims the id that an instance had in another place, unless another one has it. */
  boolean reclaim(Path instance, int user) throws IOException {
    return locked(() -> holds(instance, user) || take(instance, user) || moved(instance, user));
  }

  void release(Path instance, int user) throws IOException {
    locked(() -> holds(instance, user) && Files.deleteIfExists(link(user)));
  }

  private boolean take(Path instance, int user) throws IOException {
    try {
      Files.createSymbolicLink(link(user), instance);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private boolean reuse(Path instance, int user) throws IOException {
    return OsProcess.all().stream().noneMatch(p -> p.isOf(user)) && moved(instance, user);
  }

  private boolean moved(Path instance, int user) throws IOException {
    var holder = holder(user);
    if (holder.isPresent() && Files.exists(holder.get(), NOFOLLOW_LINKS)) {
      return false;
    }
    Files.deleteIfExists(link(user));
    return take(instance, user);
  }

  private Path link(int user) {
    return claims.resolve("" + user);
  }

  // A file lock keeps out other processes, and not other threads of this one.
  private <T> T locked(Change<T> change) throws IOException {
    synchronized (IN_THIS_PROCESS) {
      try (var channel = FileChannel.open(claims.resolve("lock"), CREATE, WRITE);
          var _ = channel.lock()) {
        return change.make();
      }
    }
  }

  @FunctionalInterface
  private interface Change<T> {
    T make() throws IOException;
  }
}
