package io.millrace.benchmark.process;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What is loaded and measured. One thread's own; closing it kills what still runs. */
public interface Target extends AutoCloseable {
  /** Where it takes collections. */
  List<InetSocketAddress> addresses();

  /** Its processes; those that share their load share their name. */
  List<Part> parts();

  /** What its processes count, up to now. */
  TierMetrics metrics() throws IOException, InterruptedException;

  /**
   * Ends it in order, after the load.
   *
   * @return the folder in which all lies that it acknowledged; empty if it stores nothing
   * @throws IOException if a part does not end as it should
   */
  Optional<Path> finish() throws IOException, InterruptedException;

  @Override
  void close();
}
