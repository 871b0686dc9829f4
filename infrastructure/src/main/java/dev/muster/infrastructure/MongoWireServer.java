package dev.muster.infrastructure;

import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.MongoServer;
import dev.muster.infrastructure.documents.DocumentStore;
import dev.muster.infrastructure.documents.StoredBackend;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/** MongoDB's wire protocol over a store of documents, on loopback. */
public final class MongoWireServer implements AutoCloseable {

  private final MongoServer server;
  private final InetSocketAddress address;
  private final Optional<ServerLogin> login;

  private MongoWireServer(MongoServer server, Optional<ServerLogin> login) {
    this.server = server;
    this.login = login;
    this.address = server.getLocalAddress();
  }

  /**
   * For anybody who reaches the port, with documents that are gone when it is closed.
   *
   * @param port on 127.0.0.1, 0 for any that is free
   * @throws ServerStartException when the port is taken
   */
  public static MongoWireServer start(int port) {
    return start(port, new StoredBackend(DocumentStore.inMemory()), Optional.empty());
  }

  /**
   * For that user alone, with documents that stay.
   *
   * @param folder that the documents are in
   * @throws ServerStartException when the port is taken, or the folder cannot be used
   */
  public static MongoWireServer start(int port, Path folder, ServerLogin login) {
    return start(port, new LoginBackend(DocumentStore.in(folder), login), Optional.of(login));
  }

  private static MongoWireServer start(
      int port, MongoBackend backend, Optional<ServerLogin> login) {
    QuietLoggers.atWarn("de.bwaldvogel.mongo", "io.netty");
    var server = new MongoServer(backend);
    try {
      server.bind(new InetSocketAddress("127.0.0.1", port));
    } catch (Exception e) { // Netty throws checked ones undeclared
      server.shutdownNow();
      throw new ServerStartException("the Mongo server cannot listen on port " + port, e);
    }
    return new MongoWireServer(server, login);
  }

  /** A connection string that names the database, and the user with the password. */
  public String uri(String database) {
    var place = "127.0.0.1:%d/%s".formatted(address.getPort(), database);
    return login
        .map(
            known ->
                "mongodb://%s:%s@%s?authSource=admin&authMechanism=%s"
                    .formatted(known.username(), known.password(), place, ServerLogin.MECHANISM))
        .orElse("mongodb://" + place);
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
