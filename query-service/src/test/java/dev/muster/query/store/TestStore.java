package dev.muster.query.store;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import org.springframework.data.mongodb.core.MongoTemplate;

/** The read store as the service has it, without the service. */
public record TestStore(MongoClient client, MongoTemplate mongo, Upserts upserts)
    implements AutoCloseable {

  public static TestStore at(String uri) {
    var beans = new StoreConfiguration();
    var settings = new MongoSettings(uri, false);
    var client = MongoClients.create(settings.client().build());
    var conversions = beans.queryMongoConversions();
    var mapping = beans.queryMongoMapping(conversions);
    mapping.afterPropertiesSet();
    var converter = beans.queryMongoConverter(mapping, conversions);
    converter.afterPropertiesSet();
    var mongo = beans.queryMongoTemplate(beans.queryMongoDatabase(client, settings), converter);
    return new TestStore(client, mongo, new Upserts(mongo));
  }

  public Indexes indexes() {
    return new Indexes(mongo);
  }

  @Override
  public void close() {
    client.close();
  }
}
