package io.millrace.web.http;

import java.util.concurrent.Executor;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * Jetty's executor, but what a thread that must not block gives to it, that thread does itself.
 * Jetty executes the look for a connection's next request after each answer; a thread of the pool
 * would have to be woken for it.
 *
 * <p>Thread-safe.
 */
final class InPlace implements Executor {
  private final Executor pool;

  InPlace(Executor pool) {
    this.pool = pool;
  }

  @Override
  public void execute(Runnable task) {
    if (Invocable.isNonBlockingInvocation()) {
      task.run();
    } else {
      pool.execute(task);
    }
  }
}
