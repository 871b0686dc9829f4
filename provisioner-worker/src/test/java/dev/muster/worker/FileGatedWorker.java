package dev.muster.worker;

import dev.muster.events.kafka.KafkaSettings;
import dev.muster.events.kafka.TestKafka;
import dev.muster.worker.driver.ActionResult;
import dev.muster.worker.driver.HostDriver;
import dev.muster.worker.driver.Task;
import dev.muster.worker.driver.process.ProcessDriver;
import dev.muster.worker.host.Host;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An inbox in a JVM of its own whose tasks wait, before they touch the host, for a file to appear.
 * Each that waits leaves a file, too. Arguments: broker, region, host's folder, folder of the
 * files.
 */
final class FileGatedWorker {

  static final String GATE = "open";

  private FileGatedWorker() {}

  public static void main(String[] arguments) throws Exception {
    var kafka = TestKafka.clients(KafkaSettings.of(arguments[0], 4));
    var driver = new Gate(new ProcessDriver("local", 100, Path.of(arguments[2])), arguments[3]);
    var host = new Host("local", arguments[1], "process", 100, driver);
    new RunningInbox(kafka, "sleeper", host).join();
  }

  private static final class Gate extends ForwardingDriver {

    private final Path files;

    Gate(HostDriver driver, String files) {
      super(driver);
      this.files = Path.of(files);
    }

    @Override
    public ActionResult perform(Task task) throws InterruptedException {
      touch(task.instanceId() + ".waits");
      while (!Files.exists(files.resolve(GATE))) {
        Thread.sleep(20);
      }
      var result = super.perform(task);
      touch(task.instanceId() + "." + result.getClass().getSimpleName());
      return result;
    }

    private void touch(String name) {
      try {
        Files.writeString(files.resolve(name), "");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
