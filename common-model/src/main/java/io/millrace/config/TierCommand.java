package io.millrace.config;

import io.millrace.object.ObjectStoreException;
import io.millrace.queue.QueueException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The command line of a tier's process: every setting is an option, which wins over the environment
 * variable of its name; SIGTERM and Ctrl-C close the tier and end the process with 0.
 */
public final class TierCommand {
  /** Exit code of sysexits.h for a fault in the configuration. */
  public static final int EX_CONFIG = 78;

  /** Exit code of sysexits.h for a service that isn't there. */
  public static final int EX_UNAVAILABLE = 69;

  /** Exit code of sysexits.h for a fault of the program itself. */
  private static final int EX_SOFTWARE = 70;

  private TierCommand() {}

  /** Starts a tier. */
  @FunctionalInterface
  public interface Starter {
    /**
     * Reads the settings and starts; the tier runs when this returns.
     *
     * @param settings environment and options as texts
     * @return closing it drains the tier
     * @throws ConfigurationException if settings are wrong
     */
    AutoCloseable start(Map<String, String> settings);
  }

  /**
   * Runs a tier until the process is told to stop.
   *
   * @param name of the command, for its help
   * @param about one sentence for its help
   * @return the exit code if it didn't start; otherwise this doesn't return
   */
  public static int run(
      String name,
      String about,
      List<Setting> settings,
      Map<String, String> given,
      Starter starter,
      String... args) {
    CommandLine command = new CommandLine(spec(name, about, settings));
    PrintWriter err = command.getErr();
    logAllInOnePlace();
    ParseResult parsed;
    try {
      parsed = command.parseArgs(args);
    } catch (CommandLine.ParameterException e) {
      err.println(e.getMessage() + "; see --help");
      return CommandLine.ExitCode.USAGE;
    }
    if (CommandLine.printHelpIfRequested(parsed)) {
      return CommandLine.ExitCode.OK;
    }
    Map<String, String> effective = overlaid(settings, given, parsed);
    LogFormat.choose(effective);
    try {
      waitForEnd(starter.start(effective));
      return CommandLine.ExitCode.OK;
    } catch (ConfigurationException e) {
      e.faults().forEach(fault -> tell(effective, err, "configuration: " + fault));
      return EX_CONFIG;
    } catch (UncheckedIOException e) {
      tell(effective, err, "configuration: " + e.getMessage());
      return EX_CONFIG;
    } catch (QueueException | ObjectStoreException e) {
      tell(effective, err, "unavailable: " + e.getMessage());
      return EX_UNAVAILABLE;
    } catch (RuntimeException e) {
      log().error("Starting failed", e);
      return EX_SOFTWARE;
    }
  }

  private static CommandSpec spec(String name, String about, List<Setting> settings) {
    CommandSpec spec = CommandSpec.create().name(name).mixinStandardHelpOptions(true);
    spec.usageMessage().description(about).width(100).sortOptions(false);
    spec.usageMessage()
        .footer(
            "",
            "AWS settings are the SDK's own: AWS_REGION, AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_SQS,",
            "AWS_ENDPOINT_URL_S3 and its default chain of credentials.",
            "Exit codes: 0 told to stop, 2 bad option, 69 service not there, 78 bad setting.");
    for (Setting setting : settings) {
      String fallback = setting.fallback().isEmpty() ? "none" : setting.fallback();
      spec.addOption(
          OptionSpec.builder(setting.option())
              .paramLabel("V")
              .type(String.class)
              .description(
                  setting.about(),
                  setting.allowed() + "; default " + fallback + "; env " + setting.name())
              .build());
    }
    return spec.version(version());
  }

  /** Why it can't start, for people a line without all that a log line has. */
  private static void tell(Map<String, String> settings, PrintWriter err, String why) {
    if (LogFormat.isJson(settings)) {
      log().error("{}", why);
    } else {
      err.println(why);
    }
  }

  /** Not a constant: the first logger of a process fixes how it logs. */
  private static Logger log() {
    return LoggerFactory.getLogger(TierCommand.class);
  }

  /** A library that logs by java.util.logging is to log as we do. */
  private static void logAllInOnePlace() {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }

  private static String version() {
    String version = TierCommand.class.getPackage().getImplementationVersion();
    return "Millrace " + (version == null ? "(not packaged)" : version);
  }

  private static Map<String, String> overlaid(
      List<Setting> settings, Map<String, String> given, ParseResult parsed) {
    Map<String, String> all = new HashMap<>(given);
    for (Setting setting : settings) {
      String option = parsed.matchedOptionValue(setting.option(), null);
      if (option != null) {
        all.put(setting.name(), option);
      }
    }
    return all;
  }

  private static void waitForEnd(AutoCloseable tier) {
    // The JVM would end a signalled process with 143; a tier that drained ends with 0.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> endWith(tier), "shutdown"));
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void endWith(AutoCloseable tier) {
    int code = CommandLine.ExitCode.OK;
    try {
      tier.close();
    } catch (Exception e) {
      log().error("Stopping failed", e);
      code = EX_SOFTWARE;
    }
    Runtime.getRuntime().halt(code);
  }
}
