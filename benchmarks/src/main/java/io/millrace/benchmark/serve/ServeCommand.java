package io.millrace.benchmark.serve;

import io.millrace.benchmark.process.Reference;
import io.millrace.run.Fault;
import io.millrace.web.OpenFiles;
import io.millrace.web.WebSettings;
import io.millrace.web.WebTier;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs a reference until the process is ended by a signal. */
@Command(name = "serve", hidden = true, description = "Runs a reference for the benchmarks.")
public final class ServeCommand implements Callable<Integer> {
  private final Map<String, String> environment;

  @Parameters(paramLabel = "KIND")
  private Reference.Kind kind = Reference.Kind.BARE;

  /**
   * Not yet run.
   *
   * @param environment the settings of a web tier
   */
  public ServeCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    WebSettings settings =
        WebSettings.read(environment, Runtime.getRuntime().maxMemory(), OpenFiles.limit());
    switch (kind) {
      case BARE ->
          System.out.println(
              "Bare handler on port " + BareServer.start(settings.edge().getPort()).port());
      case INSTANT -> {
        WebTier tier = WebTier.start(settings, new InstantQueue(), new Fault());
        Runtime.getRuntime().addShutdownHook(new Thread(tier::close));
      }
    }
    new CountDownLatch(1).await();
    return 0;
  }
}
