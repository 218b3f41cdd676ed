package io.millrace.local;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessField;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.util.function.Predicate;
import org.jspecify.annotations.NullMarked;

/** Which module and package may know which, and what no class of ours may do. */
@AnalyzeClasses(packages = "io.millrace", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String WEB = "io.millrace.web..";
  private static final String WORKER = "io.millrace.worker..";
  private static final String[] COMMON = {
    "io.millrace.admin..",
    "io.millrace.aws..",
    "io.millrace.codec..",
    "io.millrace.config..",
    "io.millrace.hostile..",
    "io.millrace.model..",
    "io.millrace.object..",
    "io.millrace.pace..",
    "io.millrace.queue..",
    "io.millrace.run..",
    "io.millrace.trace.."
  };

  private static final DescribedPredicate<JavaClass> OURS = resideInAPackage("io.millrace..");

  @ArchTest
  static final ArchRule COMMON_MODEL_KNOWS_NOTHING_OF_OURS =
      classes()
          .that()
          .resideInAnyPackage(COMMON)
          .should()
          .onlyDependOnClassesThat(not(OURS).or(resideInAnyPackage(COMMON)));

  @ArchTest
  static final ArchRule PACE_KNOWS_NOTHING_OF_OURS =
      classes()
          .that()
          .resideInAPackage("io.millrace.pace")
          .should()
          .onlyDependOnClassesThat(not(OURS).or(resideInAPackage("io.millrace.pace")));

  @ArchTest
  static final ArchRule RUN_KNOWS_PACE_ALONE =
      classes()
          .that()
          .resideInAPackage("io.millrace.run")
          .should()
          .onlyDependOnClassesThat(
              not(OURS).or(resideInAnyPackage("io.millrace.run", "io.millrace.pace")));

  @ArchTest static final ArchRule WEB_KNOWS_ONLY_COMMON_MODEL = knowsOnlyItselfAndCommonModel(WEB);

  @ArchTest
  static final ArchRule WORKER_KNOWS_ONLY_COMMON_MODEL = knowsOnlyItselfAndCommonModel(WORKER);

  @ArchTest
  static final ArchRule TOOLBOX_KNOWS_ONLY_COMMON_MODEL =
      knowsOnlyItselfAndCommonModel("io.millrace.toolbox..").allowEmptyShould(true);

  @ArchTest
  static final ArchRule SDK_IS_KNOWN_AT_THE_TWO_SEAMS =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.millrace.queue", "io.millrace.object", "io.millrace.aws")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("software.amazon.awssdk..", "io.millrace.aws");

  @ArchTest
  static final ArchRule OPENTELEMETRY_IS_KNOWN_AT_ITS_SEAM =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.millrace.trace")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.opentelemetry..");

  @ArchTest
  static final ArchRule HTTP_SERVER_IS_KNOWN_AT_THE_EDGE =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.millrace.web.http")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..");

  @ArchTest
  static final ArchRule WEB_PARSER_KNOWS_NO_OTHER_STAGE =
      knowsNone("io.millrace.web.parse", "..web", "..web.http", "..web.batch", "..web.send");

  @ArchTest
  static final ArchRule WEB_PACKER_KNOWS_NOTHING_AROUND_IT =
      knowsNone("io.millrace.web.batch", "..web", "..web.http", "..web.send");

  @ArchTest
  static final ArchRule WEB_SENDER_KNOWS_NO_EDGE =
      knowsNone("io.millrace.web.send", "..web.http", "..web.parse");

  @ArchTest
  static final ArchRule WEB_EDGE_KNOWS_NO_SENDER = knowsNone("io.millrace.web.http", "..web.send");

  @ArchTest
  static final ArchRule WORKER_ROLLS_KNOW_NEITHER_SIDE =
      knowsNone("io.millrace.worker.process", "..worker", "..worker.queue", "..worker.object");

  @ArchTest
  static final ArchRule WORKER_POLLER_KNOWS_NO_UPLOADER =
      knowsNone("io.millrace.worker.queue", "..worker", "..worker.object");

  @ArchTest
  static final ArchRule WORKER_UPLOADER_KNOWS_NO_WIRING =
      knowsNone("io.millrace.worker.object", "..worker");

  @ArchTest
  static final ArchRule ONLY_MAIN_READS_THE_ENVIRONMENT =
      noClasses()
          .that(not(simpleName("Main")))
          .should()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(System.class, "getenv", String.class);

  @ArchTest
  static final ArchRule TIERS_LOG_AND_PRINT_NOTHING =
      noClasses()
          .that()
          .resideInAnyPackage(WEB, WORKER)
          .should(accessField(System.class, "out"))
          .orShould(accessField(System.class, "err"));

  @ArchTest
  static final ArchRule NOTHING_OF_OURS_IS_EXTENDED =
      classes()
          .that(
              not(DescribedPredicate.describe("interfaces", JavaClass::isInterface))
                  .and(
                      not(
                          DescribedPredicate.describe(
                              "bodies of enum constants", JavaClass::isAnonymousClass))))
          .should(
              have(
                  "a superclass that is not ours",
                  type -> type.getRawSuperclass().filter(OURS).isEmpty()));

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

  @ArchTest
  static final ArchRule EVERY_PACKAGE_IS_NULL_MARKED =
      classes()
          .should(
              have(
                  "a package-info that is @NullMarked",
                  type -> type.getPackage().isAnnotatedWith(NullMarked.class)));

  private static ArchRule knowsOnlyItselfAndCommonModel(String packages) {
    return classes()
        .that()
        .resideInAPackage(packages)
        .should()
        .onlyDependOnClassesThat(
            not(OURS).or(resideInAPackage(packages)).or(resideInAnyPackage(COMMON)));
  }

  private static ArchCondition<JavaClass> have(String what, Predicate<JavaClass> held) {
    return ArchCondition.from(DescribedPredicate.describe("have " + what, held));
  }

  private static ArchRule knowsNone(String stage, String... others) {
    return noClasses()
        .that()
        .resideInAPackage(stage)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others);
  }
}
