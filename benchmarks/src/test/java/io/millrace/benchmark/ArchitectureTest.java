package io.millrace.benchmark;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** This module may know all others; within it, what measures knows nothing of what is measured. */
@AnalyzeClasses(packages = "io.millrace.benchmark", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String BODY = "io.millrace.benchmark.body";
  private static final String LOAD = "io.millrace.benchmark.load";

  @ArchTest
  static final ArchRule BODIES_KNOW_NOTHING_OF_OURS =
      classes()
          .that()
          .resideInAPackage(BODY)
          .should()
          .onlyDependOnClassesThat(
              not(resideInAPackage("io.millrace..")).or(resideInAPackage(BODY)));

  @ArchTest
  static final ArchRule LOAD_KNOWS_ONLY_BODIES =
      classes()
          .that()
          .resideInAPackage(LOAD)
          .should()
          .onlyDependOnClassesThat(
              not(resideInAPackage("io.millrace..")).or(resideInAnyPackage(BODY, LOAD)));

  @ArchTest
  static final ArchRule ONLY_MAIN_READS_THE_ENVIRONMENT =
      noClasses()
          .that(not(simpleName("Main")))
          .should()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(System.class, "getenv", String.class);

  @ArchTest
  static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameStartingWith("Abstract");
}
