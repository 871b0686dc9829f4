package dev.muster.command;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may know whom in this module. */
class ArchitectureTest {

  private static final String ROOT = "dev.muster.command";
  private static final JavaClasses CLASSES =
      new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(ROOT);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "access",
        "access.web",
        "audit",
        "deadletter",
        "deadletter.web",
        "deadline",
        "dispatch",
        "eventstore",
        "idempotency",
        "idempotency.web",
        "instance",
        "instance.web",
        "keyring",
        "metrics",
        "operation",
        "operator",
        "operator.web",
        "outcome",
        "progress",
        "publish",
        "region",
        "settings",
        "start",
        "topic",
        "worker",
        "worker.web"
      })
  void the_packages_that_the_rules_name_exist(String name) {
    assertThat(packages()).contains(ROOT + "." + name);
  }

  @Test
  void deciding_knows_no_web_no_store_and_no_broker() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + ".instance", ROOT + ".access")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            ROOT + ".instance.web..",
            ROOT + ".access.web..",
            ROOT + ".dispatch..",
            ROOT + ".eventstore..",
            ROOT + ".publish..",
            ROOT + ".topic..",
            ROOT + ".metrics..",
            "dev.muster.web..",
            "dev.muster.events.kafka..",
            "dev.muster.kafka..",
            "org.apache.kafka..",
            "java.sql..",
            "org.springframework.jdbc..",
            "org.springframework.web..")
        .check(CLASSES);
  }

  @Test
  void only_the_event_store_and_those_in_its_transactions_know_sql() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            ROOT + ".eventstore", ROOT + ".publish", ROOT + ".deadline", ROOT + ".audit")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "org.postgresql..", "org.springframework.jdbc..")
        .check(CLASSES);
  }

  @Test
  void http_is_known_to_the_calls_alone() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".*.web")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework.web..", "dev.muster.web.problem..")
        .check(CLASSES);
  }

  @Test
  void the_event_store_knows_nothing_of_kafka_or_http() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".eventstore")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.kafka..",
            "dev.muster.events.kafka..",
            "dev.muster.kafka..",
            "dev.muster.web..")
        .check(CLASSES);
  }

  @Test
  void nothing_knows_mongodb_or_another_service() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "com.mongodb..",
            "org.bson..",
            "org.springframework.data..",
            "dev.muster.query..",
            "dev.muster.worker..",
            "dev.muster.infrastructure..")
        .check(CLASSES);
  }

  @Test
  void no_two_features_know_each_other() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(withoutWeb());
  }

  // The web packages stand above everything: as one slice with theirs they would be a cycle.
  private static JavaClasses withoutWeb() {
    return new ClassFileImporter()
        .withImportOption(new DoNotIncludeTests())
        .withImportOption(location -> !location.contains("/web/"))
        .importPackages(ROOT);
  }

  private static Set<String> packages() {
    return CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
  }
}
