package io.millrace.benchmark.article;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;

/**
 * The article's third design: MAX_WORKERS workers, each with a channel of its own that it puts into
 * the pool of free channels when idle; a dispatcher takes each job off the queue and gives it to a
 * free worker's channel.
 *
 * <p>The article's dispatcher starts a goroutine for each job, which waits for a free worker. So
 * the job queue is never full, and the backlog grows without a bound where nobody looks. Here it is
 * a task in the queue of an executor.
 */
final class JobWorkers implements Handoff {
  private final BlockingQueue<Job> jobs;
  private final BlockingQueue<BlockingQueue<Job>> free = new LinkedBlockingQueue<>();
  private final ExecutorService waiting = Executors.newSingleThreadExecutor();
  private final List<Thread> threads = new ArrayList<>();
  private final Uploads uploads;

  JobWorkers(Uploads uploads, int maxWorkers, int maxQueue) {
    this.uploads = uploads;
    this.jobs = new ArrayBlockingQueue<>(maxQueue);
    for (int i = 0; i < maxWorkers; i++) {
      threads.add(new Thread(this::work, "worker-" + i));
    }
    threads.add(new Thread(this::dispatch, "dispatcher"));
    threads.forEach(Thread::start);
  }

  @Override
  public void accept(Job job) throws InterruptedException {
    jobs.put(job);
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    waiting.shutdownNow();
  }

  private void dispatch() {
    try {
      while (true) {
        Job job = jobs.take();
        waiting.execute(() -> give(job));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void give(Job job) {
    try {
      free.take().put(job);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    BlockingQueue<Job> channel = new SynchronousQueue<>();
    try {
      while (true) {
        free.put(channel);
        uploads.upload(channel.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
