package dev.muster.query.store;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.connection.ClusterType;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/** Looks once whether the read store is a replica set, as soon as it can be reached. */
@Component
public final class ReplicaSet implements InitializingBean {

  private static final Logger log = LoggerFactory.getLogger(ReplicaSet.class);

  private final MongoClient client;
  private final MongoSettings settings;
  private volatile boolean looked;

  ReplicaSet(MongoClient client, MongoSettings settings) {
    this.client = client;
    this.settings = settings;
  }

  /** At the start: a store that is away is looked at later. */
  @Override
  public void afterPropertiesSet() {
    try {
      check();
    } catch (MongoException e) {
      log.warn(
          "MongoDB at muster.mongodb.uri does not answer yet; the read side waits for it"
              + " error=\"{}\"",
          e.getMessage());
    }
  }

  /**
   * @throws NoReplicaSetException when a replica set is required and this is a single server
   * @throws MongoException when it does not answer
   */
  public void check() {
    if (looked) {
      return;
    }
    client.getDatabase(settings.database()).runCommand(new Document("ping", 1));
    judge(client.getClusterDescription().getType());
    looked = true;
  }

  private void judge(ClusterType type) {
    switch (type) {
      case REPLICA_SET, SHARDED, LOAD_BALANCED -> log.debug("read store is a {}", type);
      case STANDALONE, UNKNOWN -> {
        if (settings.requireReplicaSet()) {
          throw new NoReplicaSetException();
        }
        log.warn(
            "MongoDB at muster.mongodb.uri is not a replica set; a read store that is lost is"
                + " filled again from Kafka, and nothing can be read meanwhile");
      }
    }
  }
}
