package dev.muster.query;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.springframework.web.bind.annotation.RestController;

@AnalyzeClasses(packages = "dev.muster.query", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final List<String> ANSWERING =
      List.of(
          "dev.muster.query.audit.web",
          "dev.muster.query.deadletter.web",
          "dev.muster.query.fleet.web",
          "dev.muster.query.instance.current",
          "dev.muster.query.instance.history",
          "dev.muster.query.key.web",
          "dev.muster.query.live.web",
          "dev.muster.query.logs.web",
          "dev.muster.query.operation",
          "dev.muster.query.page",
          "dev.muster.query.sending",
          "dev.muster.query.shell.web",
          "dev.muster.query.store");
  private static final List<String> READING =
      List.of(
          "dev.muster.query.audit",
          "dev.muster.query.change",
          "dev.muster.query.deadletter",
          "dev.muster.query.feed",
          "dev.muster.query.fleet",
          "dev.muster.query.health",
          "dev.muster.query.key",
          "dev.muster.query.live",
          "dev.muster.query.logs",
          "dev.muster.query.projection",
          "dev.muster.query.shell",
          "dev.muster.query.topic");

  @ArchTest
  static final ArchRule what_answers_knows_no_broker =
      noClasses()
          .that()
          .resideInAnyPackage(ANSWERING.toArray(String[]::new))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka..", "dev.muster.events.kafka..", "dev.muster.kafka..");

  @ArchTest
  static final ArchRule what_reads_topics_knows_no_http =
      noClasses()
          .that()
          .resideInAnyPackage(READING.toArray(String[]::new))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.springframework.web..", "org.springframework.http..", "jakarta.servlet..");

  @ArchTest
  static final ArchRule the_feed_knows_no_instance =
      noClasses()
          .that()
          .resideInAPackage("dev.muster.query.feed")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.muster.events.instance..", "dev.muster.query.instance..", "..operation..");

  @ArchTest
  static final ArchRule nothing_knows_the_event_store_or_hosts =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.sql..",
              "javax.sql..",
              "org.postgresql..",
              "org.axonframework..",
              "dev.muster.command..",
              "dev.muster.worker..");

  @ArchTest
  static final ArchRule controllers_are_nobodys_business =
      classes().that().areAnnotatedWith(RestController.class).should().bePackagePrivate();

  @ArchTest
  static final ArchRule packages_have_no_cycles =
      slices().matching("dev.muster.query.(**)").should().beFreeOfCycles();

  @ArchTest
  static void the_packages_that_rules_name_exist(JavaClasses classes) {
    for (var named : List.of(ANSWERING, READING)) {
      assertThat(named).allMatch(name -> classes.containPackage(name));
    }
  }
}
