package dev.muster.worker;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.KafkaSettings;
import dev.muster.worker.host.ConfiguredHosts;
import dev.muster.worker.host.HostAnnouncer;
import dev.muster.worker.host.Hosts;
import dev.muster.worker.inbox.RegionInbox;
import dev.muster.worker.inbox.TaskHandler;
import dev.muster.worker.placement.Placement;
import dev.muster.worker.report.OutcomeReporter;
import dev.muster.worker.report.Publisher;
import dev.muster.worker.watch.RegionWatch;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;
import org.springframework.core.env.Environment;

/** The worker, to run alone or together with the other services. */
@Configuration(proxyBeanMethods = false)
@PropertySource("classpath:provisioner-worker.properties")
public class ProvisionerWorkerConfiguration {

  @Bean
  @ConditionalOnMissingBean
  KafkaClients kafkaClients(Environment environment) {
    return new KafkaClients(
        Binder.get(environment).bindOrCreate("muster.kafka", KafkaSettings.class));
  }

  @Bean
  WorkerSettings workerSettings(Environment environment) {
    return WorkerSettings.read(environment);
  }

  @Bean
  Hosts workerHosts(Environment environment, WorkerSettings settings) {
    return ConfiguredHosts.open(environment, settings.hostsData());
  }

  @Bean(destroyMethod = "close")
  Publisher workerPublisher(KafkaClients kafka, WorkerSettings settings) {
    return new Publisher(kafka, settings.name() + "-reports");
  }

  @Bean
  WorkerLifecycle workerLifecycle(
      KafkaClients kafka, WorkerSettings settings, Hosts hosts, Publisher publisher) {
    var reporter = new OutcomeReporter(publisher, settings.name());
    var handler = new TaskHandler(new Placement(hosts), reporter);
    return new WorkerLifecycle(
        kafka,
        new HostAnnouncer(hosts, publisher, settings.name()),
        hosts.regions().stream()
            .map(region -> new RegionInbox(kafka, region, settings.name(), handler))
            .toList(),
        hosts.regions().stream()
            .map(region -> watch(region, kafka, settings, hosts, reporter, publisher))
            .toList());
  }

  private static RegionWatch watch(
      String region,
      KafkaClients kafka,
      WorkerSettings settings,
      Hosts hosts,
      OutcomeReporter reporter,
      Publisher publisher) {
    return new RegionWatch(
        kafka, region, settings.name(), hosts, reporter, publisher, settings.healthInterval());
  }
}
