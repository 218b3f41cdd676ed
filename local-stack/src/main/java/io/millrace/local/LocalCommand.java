package io.millrace.local;

import io.millrace.config.ConfigurationException;
import io.millrace.config.Usage;
import io.millrace.config.Version;
import io.millrace.run.Fault;
import io.millrace.run.TierRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code millrace local}: the pipeline, or just the servers it stands on, on this machine. Options
 * are text here, so that all that are wrong are told at once. Used by one thread, once.
 */
@Command(
    name = "millrace local",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    showDefaultValues = true,
    description = "Runs Millrace on this machine, on an embedded SQS and S3.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:stopped by Ctrl-C or --for, and all that was acknowledged is stored",
      "1:something acknowledged is not stored",
      "2:bad usage",
      "69:a port or the data folder is in use",
      "70:a fault of the program, after which it can't go on",
      "78:bad settings"
    })
final class LocalCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
  private CommandSpec spec;

  @Option(names = "--port", paramLabel = "PORT", description = "Port of the web tier; 0 = any.")
  private String port = "8080";

  @Option(
      names = "--address",
      paramLabel = "ADDRESS",
      description = "Where the web tier and both admin ports listen; 0.0.0.0 = at all addresses.")
  private String address = "127.0.0.1";

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Folder of the objects and of a durable queue.")
  private String dataDir = ".millrace";

  @Option(
      names = "--roll-max-age",
      paramLabel = "DURATION",
      description = "How long the worker lets an object grow.")
  private String rollMaxAge = "2s";

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      description = "Stop by itself after this time: 500ms, 30s, 2m, 1h. Without it, at Ctrl-C.")
  private @Nullable String runFor;

  @Option(
      names = "--servers-only",
      description = "Start just the queue and the store, for tiers in processes of their own.")
  private boolean serversOnly;

  @Option(
      names = "--durable-queue",
      description = "Keep the queue on disk, over a kill -9. Without it, it is in memory.")
  private boolean durableQueue;

  @Option(
      names = "--sqs-port",
      paramLabel = "PORT",
      description = "Port of the queue (SQS); 0 = any.")
  private String sqsPort = "9324";

  @Option(
      names = "--s3-port",
      paramLabel = "PORT",
      description = "Port of the store (S3); 0 = any.")
  private String s3Port = "9000";

  private final Map<String, String> environment;

  /**
   * @param environment settings of the tiers that no option here decides
   */
  LocalCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * A new command line.
   *
   * @param environment settings of the tiers that no option here decides
   */
  static CommandLine commandLine(Map<String, String> environment) {
    CommandLine line = new CommandLine(new LocalCommand(environment));
    line.setParameterExceptionHandler(Usage::refuse);
    return line;
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    CommandEnd signal = CommandEnd.installed();
    int status = 1;
    err().println("Starting ...");
    err().flush();
    try {
      status = run(settings(), signal);
    } catch (StartException e) {
      e.reasons().forEach(reason -> err().println("millrace local: " + reason));
      status = e.exitCode();
    } finally {
      signal.stopped(status);
    }
    return status;
  }

  private int run(LocalSettings settings, CommandEnd signal)
      throws StartException, InterruptedException, IOException {
    try (DataDirectory data = DataDirectory.open(settings.dataDir());
        EmbeddedServers servers = EmbeddedServers.start(settings, data)) {
      servers.createResources();
      signal.stopInOrder();
      if (serversOnly) {
        announce(settings, data, servers);
        signal.await(settings.runFor());
        return 0;
      }
      return runPipeline(settings, signal, new Announcement(settings, data, servers));
    }
  }

  private int runPipeline(LocalSettings settings, CommandEnd signal, Announcement announcement)
      throws StartException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Fault fault = new Fault();
    fault.watchAllThreads();
    LocalPipeline pipeline = startPipeline(settings, announcement.servers(), fault);
    endAfterFault(pipeline, fault);
    boolean goesOn = !signal.isRequested();
    if (goesOn) {
      announcement.lines(pipeline).forEach(out::println);
      out.flush();
    }
    StatusLine status =
        StatusLine.start(pipeline::counts, out, goesOn && OutputTerminal.isThere(environment));
    try {
      signal.await(settings.runFor());
    } finally {
      status.stop();
    }
    out.println("Stopping: what was acknowledged is being stored.");
    out.flush();
    LocalCounts left = pipeline.drain();
    left.summary().forEach(out::println);
    out.flush();
    return left.exitCode();
  }

  private static void endAfterFault(LocalPipeline pipeline, Fault fault) {
    TierRun run = new TierRun(pipeline, fault, Runtime.getRuntime()::halt);
    Thread watch = new Thread(run::endAfterFault, "fault-watch");
    watch.setDaemon(true);
    watch.start();
  }

  private LocalPipeline startPipeline(LocalSettings settings, EmbeddedServers servers, Fault fault)
      throws StartException {
    try {
      return LocalPipeline.start(settings, servers, environment, fault);
    } catch (ConfigurationException e) {
      throw StartException.configuration(e.faults(), e);
    } catch (UncheckedIOException e) {
      throw StartException.unavailable(String.valueOf(e.getMessage()), e);
    }
  }

  private void announce(LocalSettings settings, DataDirectory data, EmbeddedServers servers) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "# SQS (" + queueKind(settings, data) + ") and S3 (" + data.objects() + ") are up.");
    out.println("# Paste this where the tiers are to run; Ctrl-C here stops the servers.");
    servers.exports().forEach(out::println);
    out.flush();
  }

  private static String queueKind(LocalSettings settings, DataDirectory data) {
    return settings.durableQueue()
        ? data.queue().toString()
        : "in memory: gone when this process ends";
  }

  private LocalSettings settings() throws StartException {
    var reader = new OptionReader();
    Duration stopAfter = runFor == null ? null : reader.duration("--for", runFor);
    var settings =
        new LocalSettings(
            Path.of(dataDir),
            reader.port("--sqs-port", sqsPort),
            reader.port("--s3-port", s3Port),
            reader.address("--address", address),
            reader.port("--port", port),
            durableQueue,
            reader.duration("--roll-max-age", rollMaxAge),
            stopAfter);
    reader.check();
    return settings;
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
