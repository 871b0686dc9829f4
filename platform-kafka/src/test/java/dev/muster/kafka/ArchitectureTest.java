package dev.muster.kafka;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.muster.kafka", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule knows_no_domain =
      noClasses()
          .should()
          .dependOnClassesThat(
              JavaClass.Predicates.resideInAPackage("dev.muster..")
                  .and(
                      JavaClass.Predicates.resideOutsideOfPackages(
                          "dev.muster.kafka..", "dev.muster.events.kafka..", "dev.muster.ops..")));

  @ArchTest
  static final ArchRule names_no_topic =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("dev.muster.events.kafka.Topics");

  @ArchTest
  static final ArchRule knows_no_store_and_no_http =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.sql..",
              "com.mongodb..",
              "org.axonframework..",
              "org.springframework.dao..",
              "org.springframework.data..",
              "org.springframework.web..");

  @ArchTest
  static final ArchRule packages_have_no_cycles =
      slices().matching("dev.muster.kafka.(*)..").should().beFreeOfCycles();
}
