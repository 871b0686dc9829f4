package dev.muster.query;

import dev.muster.events.kafka.KafkaSettings;
import dev.muster.events.kafka.RecordMac;
import dev.muster.events.kafka.UnsuitableTopicsException;
import dev.muster.ops.launch.ServiceLauncher;
import dev.muster.ops.launch.ServiceProgram;
import dev.muster.ops.launch.SettingsCheck;
import dev.muster.query.live.StreamSettings;
import dev.muster.query.logs.LogSettings;
import dev.muster.query.store.MongoSettings;
import dev.muster.query.store.NoReplicaSetException;
import dev.muster.web.PlatformWebConfiguration;
import dev.muster.web.settings.WebSettings;
import java.util.List;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The query service as a process of its own. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({QueryServiceConfiguration.class, PlatformWebConfiguration.class})
public class QueryService {

  public static void main(String[] args) {
    ServiceLauncher.run(
        new ServiceProgram(
            "query",
            QueryService.class,
            "query-service.properties",
            3002,
            3102,
            QueryService::check,
            List.of(UnsuitableTopicsException.class, NoReplicaSetException.class)),
        args);
  }

  private static void check(SettingsCheck settings) {
    settings
        .require("muster.kafka.bootstrap-servers", "where the broker is, host:port[,host:port…]")
        .require("muster.mongodb.uri", "where the read store is, mongodb://host:port/database")
        .require("muster.api-key", "what clients show, the same as the command service's")
        .attempt(() -> RecordMac.of(settings.environment().getProperty(RecordMac.SETTING, "")))
        .bind("muster.mongodb", MongoSettings.class)
        .bind("muster.kafka", KafkaSettings.class)
        .attempt(() -> WebSettings.read(settings.environment()))
        .attempt(() -> StreamSettings.read(settings.environment()))
        .attempt(() -> LogSettings.read(settings.environment()));
  }
}
