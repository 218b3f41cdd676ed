package io.millrace.run;

import io.millrace.config.ConfigurationException;
import io.millrace.config.NearMisses;
import io.millrace.config.Setting;
import io.millrace.config.Usage;
import io.millrace.config.Version;
import io.millrace.object.ObjectStoreException;
import io.millrace.queue.QueueException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The command line of a tier's process: every setting is an option, which wins over the environment
 * variable of its name; SIGTERM and Ctrl-C close the tier and end the process with 0, an Error in
 * any thread closes it and ends the process with 70.
 */
public final class TierCommand {
  /** Exit code of sysexits.h for a fault in the configuration. */
  public static final int EX_CONFIG = 78;

  /** Exit code of sysexits.h for a service that isn't there, or a port that is taken. */
  public static final int EX_UNAVAILABLE = 69;

  private TierCommand() {}

  /** Starts a tier. */
  @FunctionalInterface
  public interface Starter {
    /**
     * Reads the settings and starts; the tier runs when this returns.
     *
     * @param settings environment and options as texts
     * @param fault gets what the tier can't go on after
     * @return what its process says once this returns, and what drains it
     * @throws ConfigurationException if settings are wrong
     */
    StartedTier start(Map<String, String> settings, Fault fault);
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
      List<Setting<?>> settings,
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
      return Usage.refuse(e, args);
    }
    if (CommandLine.printHelpIfRequested(parsed)) {
      return CommandLine.ExitCode.OK;
    }
    Map<String, String> effective = overlaid(settings, given, parsed);
    LogFormat.choose(effective);
    NearMisses.in(given.keySet(), settings).forEach(miss -> log().warn("{}", miss));
    Fault fault = new Fault();
    fault.watchAllThreads();
    try {
      StartedTier started = starter.start(effective, fault);
      new TierRun(started.tier(), fault, Runtime.getRuntime()::halt)
          .untilEnd(() -> announce(command.getOut(), started));
      return CommandLine.ExitCode.OK;
    } catch (ConfigurationException e) {
      e.faults().forEach(each -> tell(effective, err, "configuration: " + each));
      return EX_CONFIG;
    } catch (UncheckedIOException | QueueException | ObjectStoreException e) {
      tell(effective, err, "unavailable: " + e.getMessage());
      return EX_UNAVAILABLE;
    } catch (RuntimeException | Error e) {
      log().error("Starting failed", e);
      return TierRun.EX_SOFTWARE;
    }
  }

  private static void announce(PrintWriter out, StartedTier started) {
    out.println(started.readyLine());
    out.flush();
  }

  private static CommandSpec spec(String name, String about, List<Setting<?>> settings) {
    CommandSpec spec = CommandSpec.create().name(name).mixinStandardHelpOptions(true);
    spec.usageMessage().description(about).width(80).sortOptions(false);
    spec.usageMessage()
        .footer(
            "",
            "AWS settings are the SDK's own: AWS_REGION, AWS_ENDPOINT_URL,",
            "AWS_ENDPOINT_URL_SQS, AWS_ENDPOINT_URL_S3 and its default chain of credentials.",
            "Exit codes: 0 told to stop, 2 bad option, 69 service not there or port taken,",
            "70 fault, 78 bad setting.");
    for (Setting<?> setting : settings) {
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
    return spec.versionProvider(new Version());
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

  private static Map<String, String> overlaid(
      List<Setting<?>> settings, Map<String, String> given, ParseResult parsed) {
    Map<String, String> all = new HashMap<>(given);
    for (Setting<?> setting : settings) {
      String option = parsed.matchedOptionValue(setting.option(), null);
      if (option != null) {
        all.put(setting.name(), option);
      }
    }
    return all;
  }
}
