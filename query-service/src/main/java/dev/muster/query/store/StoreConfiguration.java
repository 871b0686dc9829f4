package dev.muster.query.store;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.mongodb.MongoMetricsCommandListener;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.data.mapping.model.SnakeCaseFieldNamingStrategy;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.data.mongodb.core.convert.DefaultMongoTypeMapper;
import org.springframework.data.mongodb.core.convert.MappingMongoConverter;
import org.springframework.data.mongodb.core.convert.MongoCustomConversions;
import org.springframework.data.mongodb.core.convert.NoOpDbRefResolver;
import org.springframework.data.mongodb.core.mapping.MongoMappingContext;

/** Records as documents: snake_case fields, and nothing in them that names a class. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

  @Bean
  MongoSettings queryMongoSettings(Environment environment) {
    return Binder.get(environment)
        .bind("muster.mongodb", MongoSettings.class)
        .orElseThrow(() -> new IllegalStateException("muster.mongodb.uri is missing"));
  }

  @Bean
  MongoClient queryMongoClient(MongoSettings settings, ObjectProvider<MeterRegistry> meters) {
    var client = settings.client();
    meters.ifAvailable(
        registry -> client.addCommandListener(new MongoMetricsCommandListener(registry)));
    return MongoClients.create(client.build());
  }

  @Bean
  MongoDatabaseFactory queryMongoDatabase(MongoClient client, MongoSettings settings) {
    return new SimpleMongoClientDatabaseFactory(client, settings.database());
  }

  @Bean
  MongoCustomConversions queryMongoConversions() {
    return MongoCustomConversions.create(_ -> {});
  }

  @Bean
  MongoMappingContext queryMongoMapping(MongoCustomConversions conversions) {
    var mapping = new MongoMappingContext();
    mapping.setFieldNamingStrategy(new SnakeCaseFieldNamingStrategy());
    mapping.setSimpleTypeHolder(conversions.getSimpleTypeHolder());
    mapping.setAutoIndexCreation(false);
    return mapping;
  }

  @Bean
  MappingMongoConverter queryMongoConverter(
      MongoMappingContext mapping, MongoCustomConversions conversions) {
    var converter = new MappingMongoConverter(NoOpDbRefResolver.INSTANCE, mapping);
    converter.setCustomConversions(conversions);
    converter.setTypeMapper(new DefaultMongoTypeMapper(null));
    return converter;
  }

  @Bean
  MongoTemplate queryMongoTemplate(MongoDatabaseFactory database, MappingMongoConverter converter) {
    return new MongoTemplate(database, converter);
  }
}
