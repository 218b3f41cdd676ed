package io.millrace.benchmark.article;

import java.util.Map;

/**
 * What a design is told, by the article's own names.
 *
 * @param port of HTTP; 0 for any free one
 * @param adminPort of metrics, likewise
 * @param bucket where payloads go
 * @param maxWorkers MAX_WORKERS, uploads at once of the pool
 * @param maxQueue MAX_QUEUE, payloads that fit the job queue
 * @param tasksAtOnce uploads at once of the design without a pool
 */
record ArticleSettings(
    int port, int adminPort, String bucket, int maxWorkers, int maxQueue, int tasksAtOnce) {
  /**
   * @throws IllegalArgumentException if BUCKET is missing, or a number is none
   */
  static ArticleSettings read(Map<String, String> environment) {
    String bucket = environment.getOrDefault("BUCKET", "");
    if (bucket.isEmpty()) {
      throw new IllegalArgumentException("BUCKET must name the bucket of the payloads");
    }
    return new ArticleSettings(
        number(environment, "PORT", 0),
        number(environment, "ADMIN_PORT", 0),
        bucket,
        number(environment, "MAX_WORKERS", 100),
        number(environment, "MAX_QUEUE", 100),
        number(environment, "TASKS_AT_ONCE", 200));
  }

  /** Connections to the store, one for each upload under way. */
  int connections() {
    return Math.max(maxWorkers, tasksAtOnce);
  }

  private static int number(Map<String, String> environment, String name, int otherwise) {
    String text = environment.get(name);
    try {
      return text == null ? otherwise : Integer.parseInt(text);
    } catch (NumberFormatException wrong) {
      throw new IllegalArgumentException(name + " must be a number, but is " + text, wrong);
    }
  }
}
