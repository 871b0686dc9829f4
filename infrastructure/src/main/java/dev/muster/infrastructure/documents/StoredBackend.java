package dev.muster.infrastructure.documents;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import io.netty.channel.Channel;
import org.h2.mvstore.MVStoreException;

/** MongoDB's commands over a store of documents, which is closed with it. */
public class StoredBackend extends AbstractMongoBackend {

  /** As MongoDB numbers its errors. */
  private static final int DATA_CORRUPTION_DETECTED = 366;

  private static final String DAMAGED =
      "the read store's file is damaged; start again, and it is made again from the topics";

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
  public Document handleCommand(Channel channel, String database, String command, Document query) {
    try {
      return super.handleCommand(channel, database, command, query);
    } catch (DamagedDocumentException | MVStoreException e) {
      if (store.tellIfDamaged(e)) {
        throw new MongoServerError(DATA_CORRUPTION_DETECTED, "DataCorruptionDetected", DAMAGED);
      }
      throw e;
    }
  }

  @Override
  public void close() {
    super.close();
    store.close();
  }
}
