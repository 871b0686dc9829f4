package dev.muster.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

/** The command line knows the platform by its public HTTP API alone. */
@AnalyzeClasses(packages = "dev.muster", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule IT_KNOWS_NO_SERVICES_CODE =
      classes()
          .that()
          .resideInAPackage("dev.muster.cli..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.muster.cli..",
              "java..",
              "javax.net.ssl..",
              "com.sun.net.httpserver..",
              "org.jspecify..",
              "picocli..",
              "tools.jackson..",
              "com.jayway.jsonpath..",
              "org.yaml.snakeyaml..");

  @ArchTest
  static final ArchRule PROOFS_ARE_CHECKED_OFFLINE =
      noClasses()
          .that()
          .resideInAPackage("dev.muster.cli.proof..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.muster.cli.api..", "dev.muster.cli.context..", "java.net..");

  @ArchTest
  static void no_service_is_even_there(JavaClasses classes) {
    assertThat(classes)
        .isNotEmpty()
        .allMatch(type -> type.getPackageName().startsWith("dev.muster.cli"));
  }

  @ArchTest
  static void every_package_says_what_may_be_null(JavaClasses classes) {
    assertThat(classes).allMatch(type -> type.getPackage().isAnnotatedWith(NullMarked.class));
  }
}
