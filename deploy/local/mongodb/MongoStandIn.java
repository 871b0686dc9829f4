import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;

/** Listens on every address of its container until it is stopped. */
final class MongoStandIn {

  private MongoStandIn() {}

  public static void main(String[] arguments) {
    var server = new MongoServer(new MemoryBackend());
    server.bind("0.0.0.0", 27017);
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow));
  }
}
