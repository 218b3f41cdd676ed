package io.millrace.run;

/**
 * A tier that works, and the line of JSON by which its process says so on stdout: {@code
 * {"ready":"web","port":8080,"adminPort":8081}}, for a worker without {@code port}.
 *
 * @param tier closing it drains it
 * @param readyLine for whatever started the process; people read the log
 */
public record StartedTier(AutoCloseable tier, String readyLine) {
  /**
   * A web tier.
   *
   * @param port of collections
   * @param adminPort of health and metrics
   */
  public static StartedTier web(AutoCloseable tier, int port, int adminPort) {
    return new StartedTier(
        tier, "{\"ready\":\"web\",\"port\":%d,\"adminPort\":%d}".formatted(port, adminPort));
  }

  /**
   * A worker.
   *
   * @param adminPort of health and metrics
   */
  public static StartedTier worker(AutoCloseable tier, int adminPort) {
    return new StartedTier(tier, "{\"ready\":\"worker\",\"adminPort\":%d}".formatted(adminPort));
  }
}
