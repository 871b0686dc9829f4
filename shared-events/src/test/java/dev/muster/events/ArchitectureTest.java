package dev.muster.events;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The published language leans on nothing that one of its readers might not have. */
@AnalyzeClasses(packages = ArchitectureTest.ROOT, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  static final String ROOT = "dev.muster.events";

  private static final String INSTANCE = ROOT + ".instance";
  private static final String[] DOMAIN =
      subpackages(
          "instance",
          "access",
          "envelope",
          "operator",
          "outcome",
          "health",
          "host",
          "log",
          "progress",
          "worker",
          "deadletter",
          "tlog",
          "view");
  private static final String[] WIRE = subpackages("codec", "kafka", "audit");

  private static final String[] PLAIN = {
    "java.lang..", "java.time..", "java.util..", "org.jspecify.."
  };

  @ArchTest
  static final ArchRule IT_KNOWS_NO_FRAMEWORK_AND_NO_STORE =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              ROOT + "..",
              "java.lang..",
              "java.net",
              "java.nio.charset",
              "java.time..",
              "java.util..",
              "org.jspecify..",
              "com.fasterxml.jackson.annotation..",
              "tools.jackson..",
              "io.cloudevents..",
              "org.apache.kafka..",
              "com.github.f4b6a3.ulid..",
              "java.io",
              "java.math",
              "java.nio",
              "java.security..",
              "javax.crypto..",
              "org.erdtman.jcs");

  @ArchTest
  static final ArchRule A_TRANSPARENCY_LOG_KNOWS_NOT_WHAT_IT_LOGS =
      classes()
          .that()
          .resideInAPackage(ROOT + ".tlog")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              and(PLAIN, ROOT + ".tlog", "java.io", "java.math", "java.nio..", "java.security.."));

  @ArchTest
  static final ArchRule AN_INSTANCE_KNOWS_NOT_HOW_IT_IS_WRITTEN =
      classes()
          .that()
          .resideInAPackage(INSTANCE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              and(PLAIN, INSTANCE, "com.fasterxml.jackson.annotation", "com.github.f4b6a3.ulid"));

  @ArchTest
  static final ArchRule THE_DOMAIN_KNOWS_NOT_HOW_IT_IS_SENT =
      noClasses()
          .that()
          .resideInAnyPackage(DOMAIN)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              and(WIRE, "org.apache.kafka..", "io.cloudevents..", "tools.jackson.."));

  @ArchTest
  static final ArchRule PACKAGES_DO_NOT_KNOW_EACH_OTHER_IN_CIRCLES =
      slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

  @ArchTest
  static void the_packages_of_the_rules_are_those_that_exist(JavaClasses classes) {
    assertThat(classes.getPackage(ROOT).getSubpackages().stream().map(JavaPackage::getName))
        .containsExactlyInAnyOrder(and(DOMAIN, WIRE));
  }

  @ArchTest
  static void every_package_is_null_marked(JavaClasses classes) {
    assertThat(classes.getPackage(ROOT).getSubpackages())
        .allSatisfy(
            each -> assertThat(each.isAnnotatedWith(NullMarked.class)).as(each.getName()).isTrue());
  }

  private static String[] subpackages(String... names) {
    return Arrays.stream(names).map(name -> ROOT + "." + name).toArray(String[]::new);
  }

  private static String[] and(String[] some, String... others) {
    return Stream.concat(Arrays.stream(some), Arrays.stream(others)).toArray(String[]::new);
  }
}
