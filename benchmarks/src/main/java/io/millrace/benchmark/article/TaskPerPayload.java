package io.millrace.benchmark.article;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The article's first design: each payload starts a task of its own, and nothing bounds how many
 * there are. A goroutine that waits costs some kilobytes of heap; so does a task that waits in the
 * executor's queue, while a thread for each would cost more than the design deserves.
 */
final class TaskPerPayload implements Handoff {
  private final Uploads uploads;
  private final ExecutorService tasks;

  /**
   * @param atOnce tasks that run, and so connections
   */
  TaskPerPayload(Uploads uploads, int atOnce) {
    this.uploads = uploads;
    this.tasks = Executors.newFixedThreadPool(atOnce);
  }

  @Override
  public void accept(Job job) {
    tasks.execute(() -> uploads.upload(job));
  }

  @Override
  public void close() {
    tasks.shutdownNow();
  }
}
