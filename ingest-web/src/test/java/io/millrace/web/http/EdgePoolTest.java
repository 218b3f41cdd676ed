package io.millrace.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.Test;

class EdgePoolTest {

  /** How Jetty counts: after its timeout one thread ends in each evicted-th part of it. */
  @Test
  void pool_fullAfterACrowd_isAtItsFewestThreadsWithinFiveMinutes() {
    QueuedThreadPool pool = HttpEdge.pool();
    int excess = pool.getMaxThreads() - pool.getMinThreads();
    long between = pool.getIdleTimeout() / pool.getMaxEvictCount();

    assertThat(pool.getIdleTimeout() + excess * between).isPositive().isLessThan(300_000);
  }
}
