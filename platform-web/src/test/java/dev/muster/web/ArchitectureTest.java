package dev.muster.web;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.muster.web", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule knows_no_store_and_no_broker =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka..", "com.mongodb..", "org.postgresql..", "org.axonframework..");

  @ArchTest
  static final ArchRule knows_no_instance_beyond_its_ids =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("dev.muster.events.instance.InstanceEvent")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("dev.muster.events.instance.InstanceState");

  @ArchTest
  static final ArchRule packages_have_no_cycles =
      slices().matching("dev.muster.web.(*)..").should().beFreeOfCycles();
}
