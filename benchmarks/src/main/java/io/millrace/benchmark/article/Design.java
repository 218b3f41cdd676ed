package io.millrace.benchmark.article;

/** The article's three designs, in its order. */
public enum Design {
  /** A task for each payload. */
  TASK_PER_PAYLOAD("article 1: a task a payload"),
  /** One buffered queue and one consumer. */
  ONE_CONSUMER("article 2: a buffer, one consumer"),
  /** A job queue, a dispatcher, a pool of workers. */
  JOB_WORKERS("article 3: job/worker pool");

  private final String text;

  Design(String text) {
    this.text = text;
  }

  /** In tables and plots. */
  public String text() {
    return text;
  }

  Handoff start(Uploads uploads, ArticleSettings settings) {
    return switch (this) {
      case TASK_PER_PAYLOAD -> new TaskPerPayload(uploads, settings.tasksAtOnce());
      case ONE_CONSUMER -> new OneConsumer(uploads, settings.maxQueue());
      case JOB_WORKERS -> new JobWorkers(uploads, settings.maxWorkers(), settings.maxQueue());
    };
  }
}
