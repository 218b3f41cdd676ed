package io.millrace.benchmark.article;

/**
 * How payloads get from the handler to the store: what the article's designs differ in.
 * Thread-safe; whoever starts it closes it, and what has not been uploaded is lost then.
 */
interface Handoff extends AutoCloseable {
  /**
   * Takes a payload; it need not be stored when this returns.
   *
   * @throws InterruptedException if interrupted while there is no room for it
   */
  void accept(Job job) throws InterruptedException;

  @Override
  void close();
}
