package io.millrace.benchmark.article;

import io.millrace.config.ServiceAccess;
import io.millrace.object.PutHeaders;
import io.millrace.object.S3ObjectStore;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs one of the article's designs until the process is ended by a signal. */
@Command(name = "serve-article", hidden = true, description = "Runs a design of the article.")
public final class ServeArticleCommand implements Callable<Integer> {
  private final Map<String, String> environment;

  @Parameters(paramLabel = "DESIGN")
  private Design design = Design.JOB_WORKERS;

  /**
   * Not yet run.
   *
   * @param environment PORT, ADMIN_PORT, BUCKET, MAX_WORKERS, MAX_QUEUE, TASKS_AT_ONCE and where S3
   *     is
   */
  public ServeArticleCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    ArticleSettings settings = ArticleSettings.read(environment);
    ServiceAccess access = ServiceAccess.bySdk(environment);
    try (S3ObjectStore store =
            S3ObjectStore.open(
                access,
                settings.bucket(),
                PutHeaders.of("private", "none"),
                settings.connections());
        ArticleServer server = ArticleServer.start(design, settings, store)) {
      System.out.println("Design " + design + " on port " + server.port());
      new CountDownLatch(1).await();
    }
    return 0;
  }
}
