package io.millrace.benchmark.article;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The article's second design: a buffer of MAX_QUEUE payloads and one consumer that uploads one at
 * a time. Once the buffer is full, which is at once, the handlers wait.
 */
final class OneConsumer implements Handoff {
  private final BlockingQueue<Job> queue;
  private final Uploads uploads;
  private final Thread consumer = new Thread(this::run, "consumer");

  OneConsumer(Uploads uploads, int maxQueue) {
    this.uploads = uploads;
    this.queue = new ArrayBlockingQueue<>(maxQueue);
    consumer.start();
  }

  @Override
  public void accept(Job job) throws InterruptedException {
    queue.put(job);
  }

  @Override
  public void close() {
    consumer.interrupt();
  }

  private void run() {
    try {
      while (true) {
        uploads.upload(queue.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
