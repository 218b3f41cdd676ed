package io.millrace.local;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessField;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** Which module and package may know which, and what no class of ours may do. */
@AnalyzeClasses(packages = "io.millrace", importOptions = ArchitectureTest.MainCode.class)
class ArchitectureTest {
  /** Other modules' tests are folders after mvn test, and jars after mvn verify. */
  static final class MainCode implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/test-classes/") && !location.contains("-tests.jar!");
    }
  }

  private static final String WEB = "io.millrace.web..";
  private static final String WORKER = "io.millrace.worker..";

  /** The bytes: what a reader of the bucket needs. */
  private static final String[] COMMON_MODEL = {"io.millrace.codec..", "io.millrace.model.."};

  /** What a process needs; a package knows those behind it, and none before it. */
  private static final List<String> PLATFORM =
      List.of(
          "io.millrace.health",
          "io.millrace.admin",
          "io.millrace.run",
          "io.millrace.queue",
          "io.millrace.object",
          "io.millrace.aws",
          "io.millrace.trace",
          "io.millrace.config",
          "io.millrace.time");

  /** A collection's way, the edge first; a package knows those behind it, and none before it. */
  private static final List<String> WEB_STAGES =
      List.of(
          "io.millrace.web",
          "io.millrace.web.http",
          "io.millrace.web.http.body",
          "io.millrace.web.http.answer",
          "io.millrace.web.send",
          "io.millrace.web.batch",
          "io.millrace.web.parse");

  /** A message's way, the poller first; a package knows those behind it, and none before it. */
  private static final List<String> WORKER_STAGES =
      List.of(
          "io.millrace.worker",
          "io.millrace.worker.receive",
          "io.millrace.worker.suspect",
          "io.millrace.worker.upload",
          "io.millrace.worker.roll",
          "io.millrace.worker.settle",
          "io.millrace.worker.store",
          "io.millrace.worker.exactlyonce");

  /** An audit, what is said last; a package knows those behind it, and none before it. */
  private static final List<String> AUDIT =
      List.of(
          "io.millrace.toolbox.audit",
          "io.millrace.toolbox.audit.say",
          "io.millrace.toolbox.audit.look",
          "io.millrace.toolbox.audit.judge");

  private static final DescribedPredicate<JavaClass> OURS = resideInAPackage("io.millrace..");

  /** Of a constructor; what needs more does more than one thing. */
  private static final int MOST_PARAMETERS = 8;

  /** Of a file of main code; most have less than 200. */
  private static final int MOST_LINES = 300;

  /** It opens, starts and closes; a few lines longer. */
  private static final Path EXCEPTED = Path.of("io/millrace/worker/WorkerTier.java");

  @ArchTest
  static final ArchRule COMMON_MODEL_KNOWS_NOTHING_BUT_BYTES =
      classes()
          .that()
          .resideInAnyPackage(COMMON_MODEL)
          .should()
          .onlyDependOnClassesThat(not(OURS).or(resideInAnyPackage(COMMON_MODEL)));

  @ArchTest
  static final ArchRule COMMON_MODEL_KNOWS_NO_NETWORK_AND_NO_COMMAND_LINE =
      noClasses()
          .that()
          .resideInAnyPackage(COMMON_MODEL)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "software.amazon.awssdk..",
              "io.javalin..",
              "org.eclipse.jetty..",
              "jakarta.servlet..",
              "java.net..",
              "picocli..");

  @ArchTest
  static final ArchRule PLATFORM_KNOWS_NO_TIER =
      classes()
          .that()
          .resideInAnyPackage(PLATFORM.toArray(String[]::new))
          .should()
          .onlyDependOnClassesThat(
              not(OURS)
                  .or(resideInAnyPackage(COMMON_MODEL))
                  .or(resideInAnyPackage(PLATFORM.toArray(String[]::new))));

  @ArchTest static final ArchRule PLATFORM_HAS_NO_WAY_BACK = onlyForward(PLATFORM);

  @ArchTest static final ArchRule WEB_HAS_NO_WAY_BACK = onlyForward(WEB_STAGES);

  @ArchTest static final ArchRule WORKER_HAS_NO_WAY_BACK = onlyForward(WORKER_STAGES);

  @ArchTest static final ArchRule AUDIT_HAS_NO_WAY_BACK = onlyForward(AUDIT);

  @ArchTest
  static final ArchRule EVERY_STAGE_IS_LISTED =
      classes()
          .that()
          .resideInAnyPackage(WEB, WORKER, "io.millrace.toolbox.audit..")
          .should()
          .resideInAnyPackage(
              Stream.of(WEB_STAGES, WORKER_STAGES, AUDIT)
                  .flatMap(List::stream)
                  .toArray(String[]::new));

  @ArchTest static final ArchRule WEB_KNOWS_ONLY_WHAT_IS_SHARED = knowsOnlyItselfAndShared(WEB);

  @ArchTest
  static final ArchRule WORKER_KNOWS_ONLY_WHAT_IS_SHARED = knowsOnlyItselfAndShared(WORKER);

  @ArchTest
  static final ArchRule TOOLBOX_KNOWS_ONLY_WHAT_IS_SHARED =
      knowsOnlyItselfAndShared("io.millrace.toolbox..").allowEmptyShould(true);

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
          .resideOutsideOfPackage("io.millrace.web.http..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..");

  @ArchTest
  static final ArchRule WEB_SENDER_KNOWS_NO_PARSER =
      noClasses()
          .that()
          .resideInAPackage("io.millrace.web.send")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.millrace.web.parse");

  @ArchTest
  static final ArchRule ONLY_MAIN_READS_THE_ENVIRONMENT =
      noClasses()
          .that(not(simpleName("Main")))
          .should()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(System.class, "getenv", String.class);

  /**
   * All others are given a Ticker, or a time. Left out are what people run by hand: the toolbox
   * tells them of times by the wall clock, and the benchmarks measure by it.
   */
  @ArchTest
  static final ArchRule CLOCKS_ARE_READ_IN_ONE_PACKAGE =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.millrace.time", "io.millrace.toolbox..", "io.millrace.benchmark..")
          .should()
          .accessTargetWhere(
              DescribedPredicate.describe(
                  "it reads a clock of the machine", ArchitectureTest::isClock));

  /**
   * Left out are records, which hold data, and enums; a class inside another, whose own first
   * parameter that other is, may have one more.
   */
  @ArchTest
  static final ArchRule CONSTRUCTORS_TAKE_FEW_PARAMETERS =
      classes()
          .that(
              not(
                  DescribedPredicate.describe(
                      "records and enums", type -> type.isRecord() || type.isEnum())))
          .should(
              have(
                  "constructors of at most " + MOST_PARAMETERS + " parameters",
                  type ->
                      type.getConstructors().stream()
                          .allMatch(
                              each ->
                                  each.getRawParameterTypes().size()
                                      <= MOST_PARAMETERS + (type.isInnerClass() ? 1 : 0))));

  /** Of all modules, in main code alone: tests are lists, and may be long. */
  @ArchTest
  static void filesAreShort(JavaClasses ignored) throws IOException {
    List<String> tooLong = new ArrayList<>();
    try (DirectoryStream<Path> modules = Files.newDirectoryStream(Readme.root())) {
      for (Path module : modules) {
        Path sources = module.resolve("src/main/java");
        if (Files.isDirectory(sources)) {
          tooLong.addAll(tooLong(sources));
        }
      }
    }
    assertThat(tooLong).as("files of more than %d lines", MOST_LINES).isEmpty();
  }

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

  /** Holds for each package: it depends on none that stands before it. */
  private static ArchRule onlyForward(List<String> packages) {
    return classes()
        .that()
        .resideInAnyPackage(packages.toArray(String[]::new))
        .should(
            new ArchCondition<>("know none of " + packages + " before their own") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                List<String> before = packages.subList(0, packages.indexOf(type.getPackageName()));
                for (Dependency each : type.getDirectDependenciesFromSelf()) {
                  boolean back = before.contains(each.getTargetClass().getPackageName());
                  events.add(new SimpleConditionEvent(each, !back, each.getDescription()));
                }
              }
            });
  }

  private static ArchRule knowsOnlyItselfAndShared(String packages) {
    return classes()
        .that()
        .resideInAPackage(packages)
        .should()
        .onlyDependOnClassesThat(
            not(OURS)
                .or(resideInAPackage(packages))
                .or(resideInAnyPackage(COMMON_MODEL))
                .or(resideInAnyPackage(PLATFORM.toArray(String[]::new))));
  }

  private static List<String> tooLong(Path sources) throws IOException {
    List<String> tooLong = new ArrayList<>();
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path name = sources.relativize(file);
        if (!name.equals(EXCEPTED) && Files.readAllLines(file).size() > MOST_LINES) {
          tooLong.add(name.toString());
        }
      }
    }
    return tooLong;
  }

  private static boolean isClock(JavaAccess<?> access) {
    String method = access.getName();
    return switch (access.getTargetOwner().getName()) {
      case "java.lang.System" -> method.equals("nanoTime") || method.equals("currentTimeMillis");
      case "java.time.Clock" -> method.startsWith("system") || method.startsWith("tick");
      default ->
          access.getTargetOwner().getPackageName().equals("java.time") && method.equals("now");
    };
  }

  private static ArchCondition<JavaClass> have(String what, Predicate<JavaClass> held) {
    return ArchCondition.from(DescribedPredicate.describe("have " + what, held));
  }
}
