package dev.muster.infrastructure.documents;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoBackend;

/** MongoDB's commands over a store of documents, which is closed with it. */
public class StoredBackend extends AbstractMongoBackend {

  private final DocumentStore store;

  public StoredBackend(DocumentStore store) {
    this.store = store;
    store.databases().forEach(this::resolveDatabase);
  }

  @Override
  protected MongoDatabase openOrCreateDatabase(String name) {
    return new StoredDatabase(name, store, getCursorRegistry());
  }

  @Override
  public void close() {
    super.close();
    store.close();
  }
}
