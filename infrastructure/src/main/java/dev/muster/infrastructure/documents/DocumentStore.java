package dev.muster.infrastructure.documents;

import dev.muster.infrastructure.Folders;
import dev.muster.infrastructure.ServerStartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Documents in one file, of which a bounded part is in memory. What was written is in the file
 * after a second, all collections as they were at one moment: whoever kills the process finds an
 * older state, but no mixture. A file that cannot be read is put aside, and the store begins empty;
 * everything in it can be made again from the topics. Damage that only a reader meets is remembered
 * beside the file for the next start.
 */
public final class DocumentStore implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(DocumentStore.class);
  private static final String FILE = "documents.mv";
  private static final String DAMAGED = "documents.damaged";
  private static final String UNREADABLE = "documents.unreadable";
  private static final int CACHE_MEGABYTES = 32;
  private static final int PAGE_BYTES = 16 << 10;
  private static final String MAP = "entries";

  private static final Set<Integer> DAMAGES =
      Set.of(
          DataUtils.ERROR_FILE_CORRUPT,
          DataUtils.ERROR_CHUNK_NOT_FOUND,
          DataUtils.ERROR_READING_FAILED);

  private final MVStore store;
  private final KeySpaces spaces;
  private final Optional<Path> damaged;
  private final AtomicBoolean told = new AtomicBoolean();

  private DocumentStore(MVStore store, Optional<Path> damaged) {
    this.store = store;
    this.damaged = damaged;
    // One map for everything: a commit is not atomic over several, as one may be written to while
    // another is being committed.
    this.spaces =
        new KeySpaces(
            store.openMap(
                MAP,
                new MVMap.Builder<StoreKey, byte[]>()
                    .keyType(new StoreKeyType())
                    .valueType(ByteArrayDataType.INSTANCE)));
  }

  /** One that is gone when it is closed. */
  public static DocumentStore inMemory() {
    return new DocumentStore(
        new MVStore.Builder().pageSplitSize(PAGE_BYTES).open(), Optional.empty());
  }

  /**
   * @param folder made when it is missing; for its owner alone
   * @throws ServerStartException when another process has the file open, or it cannot be written
   */
  public static DocumentStore in(Path folder) {
    try {
      Folders.ownerOnly(folder);
    } catch (IOException e) {
      throw new ServerStartException("the read store cannot make the folder " + folder, e);
    }
    var file = folder.resolve(FILE);
    var damaged = folder.resolve(DAMAGED);
    if (Files.exists(damaged)) {
      putAside(file, "parts of it are damaged");
    }
    try {
      return new DocumentStore(open(file), Optional.of(damaged));
    } catch (MVStoreException e) {
      if (!isBroken(file, e)) {
        throw new ServerStartException("the read store cannot open " + file, e);
      }
      putAside(file, String.valueOf(e.getMessage()));
      return new DocumentStore(open(file), Optional.of(damaged));
    }
  }

  private static MVStore open(Path file) {
    var open = new AtomicBoolean();
    var store =
        new MVStore.Builder()
            .fileName(file.toString())
            .cacheSize(CACHE_MEGABYTES)
            .pageSplitSize(PAGE_BYTES)
            .backgroundExceptionHandler((_, error) -> tell(file, open.get(), error))
            .open();
    open.set(true);
    return store;
  }

  private static void tell(Path file, boolean open, Throwable error) {
    if (open) {
      log.error(
          "the read store has stopped; see to its disk and start again, or delete the file, which"
              + " is made again from the topics file={}",
          file,
          error);
    }
  }

  private static boolean isBroken(Path file, MVStoreException e) {
    return e.getErrorCode() != DataUtils.ERROR_FILE_LOCKED
        && Files.isReadable(file)
        && Files.isWritable(file);
  }

  private static void putAside(Path file, String why) {
    var aside = file.resolveSibling(UNREADABLE);
    try {
      if (Files.exists(file)) {
        Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
      }
      Files.deleteIfExists(file.resolveSibling(DAMAGED));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    log.error(
        "the read store cannot be read and is made again from the topics; the file is kept as {}"
            + " error=\"{}\"",
        aside,
        why);
  }

  /** Says so when that shows that the file is damaged, and has the next start make it anew. */
  boolean tellIfDamaged(RuntimeException failure) {
    var shows =
        !(failure instanceof MVStoreException broken)
            || DAMAGES.contains(broken.getErrorCode())
                // An interrupt closes the file under a reader, and says nothing of it.
                && !(broken.getCause() instanceof ClosedChannelException);
    if (shows && damaged.isPresent() && told.compareAndSet(false, true)) {
      log.error(
          "the read store's file is damaged; start again, and it is made again from the topics"
              + " file={}",
          damaged.get().resolveSibling(FILE),
          failure);
      remember(damaged.get());
    }
    return shows;
  }

  private static void remember(Path damaged) {
    try {
      Files.writeString(damaged, "");
    } catch (IOException e) {
      log.error("delete the read store's file by hand: {} cannot be written", damaged, e);
    }
  }

  /** The documents of a collection, by their ids. */
  KeySpace documents(String database, String collection) {
    return spaces.of(List.of(database, collection));
  }

  StoredIndex index(String database, String collection, String index) {
    return new StoredIndex(spaces, List.of(database, collection, index));
  }

  /** Removes a collection and its indexes. */
  void remove(String database, String collection) {
    spaces.removeAll(List.of(database, collection));
  }

  /** Of which it has collections. */
  Set<String> databases() {
    return spaces.databases();
  }

  long bytes() {
    var file = store.getFileStore();
    return file == null ? 0 : file.size();
  }

  @Override
  public void close() {
    store.close();
  }
}
