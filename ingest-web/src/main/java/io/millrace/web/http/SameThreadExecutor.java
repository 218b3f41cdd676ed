package io.millrace.web.http;

import java.util.concurrent.Executor;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * Jetty's executor, but what a thread that must not block gives to it, that thread does itself.
 * Jetty executes the look for a connection's next request after each answer; a thread of the pool
 * would have to be woken for it. A connection that has used up its turn goes on in the lane.
 *
 * <p>Thread-safe.
 */
final class SameThreadExecutor implements Executor {
  private final Executor pool;
  private final Executor lane;

  SameThreadExecutor(Executor pool, Executor lane) {
    this.pool = pool;
    this.lane = lane;
  }

  @Override
  public void execute(Runnable task) {
    if (Invocable.isNonBlockingInvocation()) {
      task.run();
    } else if (task instanceof EdgeConnection) {
      lane.execute(task);
    } else {
      pool.execute(task);
    }
  }
}
