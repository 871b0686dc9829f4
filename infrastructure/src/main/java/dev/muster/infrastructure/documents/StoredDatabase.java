package dev.muster.infrastructure.documents;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.List;

/** The collections of one database, each in a map of the store. */
final class StoredDatabase extends AbstractSynchronizedMongoDatabase<Object> {

  private final DocumentStore store;

  StoredDatabase(String name, DocumentStore store, CursorRegistry cursors) {
    super(name, cursors);
    this.store = store;
    initializeNamespacesAndIndexes();
  }

  @Override
  protected MongoCollection<Object> openOrCreateCollection(String name, CollectionOptions options) {
    var documents = store.documents(databaseName, name);
    return new StoredCollection(this, name, options, cursorRegistry, documents);
  }

  @Override
  protected Index<Object> openOrCreateUniqueIndex(
      String collection, String index, List<IndexKey> keys, boolean sparse) {
    if (keys.size() != 1 || !keys.getFirst().getKey().equals("_id")) {
      throw notImplemented("a unique index of anything but _id");
    }
    return new IdIndex(index, keys, store.documents(databaseName, collection));
  }

  @Override
  protected Index<Object> openOrCreateSecondaryIndex(
      String collection, String name, List<IndexKey> keys, boolean sparse) {
    if (!SecondaryIndex.takes(keys)) {
      return super.openOrCreateSecondaryIndex(collection, name, keys, sparse);
    }
    return new SecondaryIndex(name, keys, sparse, store.index(databaseName, collection, name));
  }

  @Override
  public void dropCollection(String name, Oplog oplog) {
    super.dropCollection(name, oplog);
    store.remove(databaseName, name);
  }

  @Override
  public void moveCollection(MongoDatabase from, MongoCollection<?> collection, String name) {
    throw notImplemented("another name for a collection");
  }

  private static MongoServerError notImplemented(String what) {
    return new MongoServerError(238, "NotImplemented", what + " is not implemented");
  }

  @Override
  protected long getStorageSize() {
    return store.bytes();
  }

  @Override
  protected long getFileSize() {
    return store.bytes();
  }
}
