package dev.muster.query.store;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the read store is. Bound from {@code muster.mongodb.*}.
 *
 * @param uri {@code mongodb://…}; what it says about timeouts and pools goes before the defaults
 * @param requireReplicaSet whether a single server is refused, which loses what it has with its
 *     disk
 */
public record MongoSettings(String uri, @DefaultValue("false") boolean requireReplicaSet) {

  private static final String DEFAULT_DATABASE = "muster";

  public MongoSettings {
    if (uri.isBlank()) {
      throw new IllegalArgumentException(
          "muster.mongodb.uri is empty; it takes mongodb://host:port/database");
    }
    check(uri);
  }

  /** Every wait is bounded, so that a store that is away makes errors instead of queues. */
  MongoClientSettings.Builder client() {
    return MongoClientSettings.builder()
        .applicationName("muster-query")
        .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(2, TimeUnit.SECONDS))
        .applyToConnectionPoolSettings(pool -> pool.maxWaitTime(2, TimeUnit.SECONDS))
        .applyToSocketSettings(
            socket -> socket.connectTimeout(2, TimeUnit.SECONDS).readTimeout(10, TimeUnit.SECONDS))
        .applyConnectionString(new ConnectionString(uri));
  }

  String database() {
    var named = new ConnectionString(uri).getDatabase();
    return named == null ? DEFAULT_DATABASE : named;
  }

  /** Without the address itself, which may hold a password. */
  @Override
  public String toString() {
    return "MongoSettings[database=" + database() + "]";
  }

  private static void check(String uri) {
    try {
      new ConnectionString(uri);
    } catch (IllegalArgumentException e) {
      // Without the cause: one line is for whoever set it, and the driver's own is in it.
      throw new IllegalArgumentException(
          "muster.mongodb.uri makes no sense; it takes mongodb://host:port/database. %s"
              .formatted(e.getMessage()));
    }
  }
}
