package dev.muster.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;

@AnalyzeClasses(packages = "dev.muster.worker", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final List<String> FEATURES =
      List.of(
          "driver",
          "driver.docker",
          "driver.process",
          "driver.simulated",
          "fleet",
          "host",
          "inbox",
          "logs",
          "placement",
          "report",
          "ssh",
          "watch");

  @ArchTest
  static final ArchRule drivers_know_no_broker =
      noClasses()
          .that()
          .resideInAPackage("dev.muster.worker.driver..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka..",
              "dev.muster.kafka..",
              "org.springframework..",
              "dev.muster.worker.fleet..",
              "dev.muster.worker.host..",
              "dev.muster.worker.inbox..",
              "dev.muster.worker.logs..",
              "dev.muster.worker.placement..",
              "dev.muster.worker.report..",
              "dev.muster.worker.ssh..",
              "dev.muster.worker.watch..");

  @ArchTest
  static final ArchRule only_configuration_knows_which_drivers_there_are =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.muster.worker.fleet..",
              "dev.muster.worker.inbox..",
              "dev.muster.worker.logs..",
              "dev.muster.worker.placement..",
              "dev.muster.worker.ssh..",
              "dev.muster.worker.watch..",
              "dev.muster.worker.report..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.muster.worker.driver.docker..",
              "dev.muster.worker.driver.process..",
              "dev.muster.worker.driver.simulated..");

  @ArchTest
  static final ArchRule only_the_docker_driver_knows_the_client_of_docker =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.muster.worker.driver.docker..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.github.dockerjava..");

  @ArchTest
  static final ArchRule only_the_gateway_knows_ssh =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.muster.worker.ssh..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.sshd..", "org.bouncycastle..");

  @ArchTest
  static final ArchRule nothing_knows_stores_or_http =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.sql..",
              "java.net.http..",
              "com.mongodb..",
              "org.axonframework..",
              "org.springframework.web..",
              "org.springframework.data..",
              "dev.muster.command..",
              "dev.muster.query..",
              "dev.muster.web..");

  @ArchTest
  static final ArchRule features_do_not_go_in_circles =
      SlicesRuleDefinition.slices().matching("dev.muster.worker.(*)..").should().beFreeOfCycles();

  @ArchTest
  static void the_packages_that_rules_name_exist(JavaClasses classes) {
    assertThat(FEATURES)
        .allSatisfy(
            feature ->
                assertThat(classes.getPackage("dev.muster.worker").containsPackage(feature))
                    .as(feature)
                    .isTrue());
  }
}
