package dev.muster.query.store;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import java.util.concurrent.TimeUnit;

/**
 * Where the read store is. Bound from {@code muster.mongodb.*}.
 *
 * @param uri {@code mongodb://…}; what it says about timeouts and pools goes before the defaults
 */
record MongoSettings(String uri) {

  private static final String DEFAULT_DATABASE = "muster";

  /** Every wait is bounded, so that a store that is away makes errors instead of queues. */
  MongoClientSettings client() {
    return MongoClientSettings.builder()
        .applicationName("muster-query")
        .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(2, TimeUnit.SECONDS))
        .applyToConnectionPoolSettings(pool -> pool.maxWaitTime(2, TimeUnit.SECONDS))
        .applyToSocketSettings(
            socket -> socket.connectTimeout(2, TimeUnit.SECONDS).readTimeout(10, TimeUnit.SECONDS))
        .applyConnectionString(new ConnectionString(uri))
        .build();
  }

  String database() {
    var named = new ConnectionString(uri).getDatabase();
    return named == null ? DEFAULT_DATABASE : named;
  }
}
