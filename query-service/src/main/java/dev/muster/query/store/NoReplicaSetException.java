package dev.muster.query.store;

/** The read store is a single server, and a replica set is required. Waiting does not help. */
public final class NoReplicaSetException extends RuntimeException {

  NoReplicaSetException() {
    super(
        "MongoDB at muster.mongodb.uri is not a replica set: start mongod with --replSet and"
            + " initiate it, or set muster.mongodb.require-replica-set to false");
  }
}
