package dev.muster.worker;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The worker as a process of its own. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(ProvisionerWorkerConfiguration.class)
public class ProvisionerWorker {

  public static void main(String[] args) {
    SpringApplication.run(ProvisionerWorker.class, args);
  }
}
