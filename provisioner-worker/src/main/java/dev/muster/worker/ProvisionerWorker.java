package dev.muster.worker;

import dev.muster.events.kafka.KafkaSettings;
import dev.muster.events.kafka.RecordMac;
import dev.muster.ops.OpsConfiguration;
import dev.muster.ops.launch.ServiceLauncher;
import dev.muster.ops.launch.ServiceProgram;
import dev.muster.ops.launch.SettingsCheck;
import dev.muster.worker.host.ConfiguredHosts;
import dev.muster.worker.ssh.SshSettings;
import java.util.List;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;

/** The worker as a process of its own. Ends with status 1 when it cannot work as configured. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({ProvisionerWorkerConfiguration.class, OpsConfiguration.class})
public class ProvisionerWorker {

  public static void main(String[] args) {
    ServiceLauncher.run(
        new ServiceProgram(
            "worker",
            ProvisionerWorker.class,
            "provisioner-worker.properties",
            ServiceProgram.NO_CLIENTS,
            3103,
            ProvisionerWorker::check,
            List.of()),
        args);
  }

  private static void check(SettingsCheck settings) {
    settings
        .require("muster.kafka.bootstrap-servers", "where the broker is, host:port[,host:port…]")
        .bind("muster.kafka", KafkaSettings.class)
        .attempt(() -> RecordMac.of(settings.environment().getProperty(RecordMac.SETTING, "")))
        .attempt(() -> WorkerSettings.read(settings.environment()))
        .attempt(() -> SshSettings.read(settings.environment()))
        .attempt(() -> ConfiguredHosts.verify(settings.environment()));
  }

  @EventListener
  void end(WorkerCannotStart problem) {
    ServiceLauncher.giveUp(List.of(problem.problem()));
  }
}
