package dev.muster.worker;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.KafkaSettings;
import dev.muster.events.kafka.RecordMac;
import dev.muster.events.kafka.Topics;
import dev.muster.ops.alarm.RefusedRecords;
import dev.muster.worker.clock.BrokerClock;
import dev.muster.worker.fleet.FleetMember;
import dev.muster.worker.fleet.Incarnation;
import dev.muster.worker.host.ConfiguredHosts;
import dev.muster.worker.host.CordonedHosts;
import dev.muster.worker.host.HostAnnouncer;
import dev.muster.worker.host.HostDirectory;
import dev.muster.worker.inbox.RegionInbox;
import dev.muster.worker.inbox.TaskCounter;
import dev.muster.worker.inbox.TaskHandler;
import dev.muster.worker.logs.LogCounter;
import dev.muster.worker.logs.LogSender;
import dev.muster.worker.placement.Placement;
import dev.muster.worker.report.DeadLetterReporter;
import dev.muster.worker.report.OutcomeReporter;
import dev.muster.worker.report.Publisher;
import dev.muster.worker.ssh.ShellCounter;
import dev.muster.worker.ssh.SshGateway;
import dev.muster.worker.ssh.SshSettings;
import dev.muster.worker.watch.RegionWatch;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;
import org.springframework.core.env.Environment;

/** The worker, to run alone or together with the other services. */
@Configuration(proxyBeanMethods = false)
@PropertySource("classpath:provisioner-worker.properties")
@Import(WorkerMetricsConfiguration.class)
public class ProvisionerWorkerConfiguration {

  @Bean
  @ConditionalOnMissingBean
  KafkaClients kafkaClients(
      Environment environment,
      ObjectProvider<RefusedRecords> alarm,
      ObjectProvider<MeterRegistry> meters) {
    var refused = alarm.getIfAvailable(RefusedRecords::new);
    meters.ifAvailable(registry -> refused.bindTo(registry, Topics.signed()));
    return new KafkaClients(
        Binder.get(environment).bindOrCreate("muster.kafka", KafkaSettings.class),
        RecordMac.of(environment.getProperty(RecordMac.SETTING, "")),
        refused::refused);
  }

  @Bean
  WorkerSettings workerSettings(Environment environment) {
    return WorkerSettings.read(environment);
  }

  @Bean
  HostDirectory workerHosts(Environment environment, WorkerSettings settings) {
    return ConfiguredHosts.open(environment, settings.hostsData());
  }

  @Bean
  CordonedHosts workerCordonedHosts() {
    return new CordonedHosts();
  }

  @Bean(destroyMethod = "close")
  Publisher workerPublisher(KafkaClients kafka, WorkerSettings settings) {
    return new Publisher(kafka, settings.name() + "-reports");
  }

  @Bean(destroyMethod = "close")
  LogSender workerLogSender(KafkaClients kafka, WorkerSettings settings) {
    return new LogSender(kafka, settings.name() + "-logs");
  }

  @Bean
  @ConditionalOnMissingBean
  BrokerClock workerClock() {
    return BrokerClock.system();
  }

  @Bean
  WorkerInboxes workerInboxes(
      KafkaClients kafka,
      WorkerSettings settings,
      HostDirectory hosts,
      CordonedHosts cordoned,
      Publisher publisher,
      BrokerClock clock,
      ObjectProvider<TaskCounter> counters) {
    var counter = counters.getIfAvailable(() -> TaskCounter.NONE);
    var reporter = new OutcomeReporter(publisher, settings.name());
    var placement = new Placement(hosts, cordoned::isCordoned);
    var handler = new TaskHandler(placement, reporter, counter, clock);
    var letters = new DeadLetterReporter(publisher);
    return new WorkerInboxes(
        hosts.regions().stream()
            .map(
                region ->
                    new RegionInbox(
                        kafka,
                        region,
                        settings.name(),
                        handler,
                        letters,
                        counter,
                        settings.tasksAtOnce()))
            .toList());
  }

  @Bean
  SshGateway workerSshGateway(
      Environment environment,
      KafkaClients kafka,
      WorkerSettings settings,
      HostDirectory hosts,
      ObjectProvider<ShellCounter> counters) {
    return new SshGateway(
        SshSettings.read(environment),
        kafka,
        settings.name(),
        settings.hostsData(),
        hosts,
        counters.getIfAvailable(() -> ShellCounter.NONE));
  }

  @Bean
  FleetMember workerFleetMember(
      KafkaClients kafka,
      WorkerSettings settings,
      Publisher publisher,
      WorkerInboxes inboxes,
      CordonedHosts cordoned,
      SshGateway gateway,
      BrokerClock clock) {
    var self = Incarnation.now(settings.name());
    return new FleetMember(
        kafka, publisher, self, inboxes.all(), cordoned, gateway::address, clock);
  }

  @Bean
  WorkerLifecycle workerLifecycle(
      KafkaClients kafka,
      WorkerSettings settings,
      HostDirectory hosts,
      CordonedHosts cordoned,
      Publisher publisher,
      WorkerInboxes inboxes,
      FleetMember fleet,
      LogSender logs,
      ObjectProvider<LogCounter> logCounters,
      SshGateway gateway,
      BrokerClock clock,
      ApplicationEventPublisher events) {
    return new WorkerLifecycle(
        new WorkerTopics(kafka),
        fleet,
        new HostAnnouncer(kafka, hosts, cordoned, publisher, settings.name(), clock),
        inboxes.all(),
        watches(
            kafka,
            settings,
            hosts,
            publisher,
            logs,
            logCounters.getIfAvailable(() -> LogCounter.NONE)),
        gateway,
        events);
  }

  private static List<RegionWatch> watches(
      KafkaClients kafka,
      WorkerSettings settings,
      HostDirectory hosts,
      Publisher publisher,
      LogSender logs,
      LogCounter logCounter) {
    var reporter = new OutcomeReporter(publisher, settings.name());
    return hosts.regions().stream()
        .map(
            region ->
                new RegionWatch(
                    kafka,
                    region,
                    settings.name(),
                    hosts,
                    reporter,
                    publisher,
                    logs,
                    logCounter,
                    settings.healthInterval()))
        .toList();
  }
}
