package dev.muster.infrastructure;

import de.bwaldvogel.mongo.MongoServer;
import java.net.InetSocketAddress;

/** MongoDB's wire protocol over documents in memory, on loopback. Nothing of it is kept. */
public final class MongoWireServer implements AutoCloseable {

  private final MongoServer server;
  private final InetSocketAddress address;

  private MongoWireServer(MongoServer server) {
    this.server = server;
    this.address = server.getLocalAddress();
  }

  /**
   * @param port on 127.0.0.1, 0 for any that is free
   * @throws ServerStartException when the port is taken
   */
  public static MongoWireServer start(int port) {
    QuietLoggers.atWarn("de.bwaldvogel.mongo", "io.netty");
    var server = new MongoServer(new OrderedBackend());
    try {
      server.bind(new InetSocketAddress("127.0.0.1", port));
    } catch (Exception e) { // Netty throws checked ones undeclared
      server.shutdownNow();
      throw new ServerStartException("the Mongo server cannot listen on port " + port, e);
    }
    return new MongoWireServer(server);
  }

  /** A connection string that names the database. */
  public String uri(String database) {
    return "mongodb://127.0.0.1:%d/%s".formatted(address.getPort(), database);
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
