package io.millrace.benchmark.process;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A server beside which the pipeline's figures stand, a process of this module's class path. */
public final class Reference implements Target {
  private static final Pattern READY =
      Pattern.compile("(?:Bare handler|takes collections) on port (\\d+)");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Part part;
  private final InetSocketAddress address;
  private final int adminPort;

  private Reference(Part part, InetSocketAddress address, int adminPort) {
    this.part = part;
    this.address = address;
    this.adminPort = adminPort;
  }

  /** What it answers with. */
  public enum Kind {
    /** A Javalin handler that reads the body and answers 202. */
    BARE,
    /** The web tier, on a queue that takes every message at once. */
    INSTANT
  }

  /** Starts it, with the heap and settings of a web tier of the pipeline. */
  public static Reference start(Kind kind, PipelineSpec spec, Path folder)
      throws IOException, InterruptedException {
    int adminPort = Ports.free();
    Map<String, String> environment = new HashMap<>(spec.settings());
    environment.put("PORT", "0");
    environment.put("ADMIN_PORT", Integer.toString(adminPort));
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dmillrace.log.level=INFO",
            "-cp",
            System.getProperty("java.class.path"),
            "io.millrace.benchmark.Main",
            "serve",
            kind.name());
    Part part =
        Part.start(
            "web", command, "-Xmx" + spec.webHeap(), environment, folder.resolve("reference.log"));
    try {
      int port = Integer.parseInt(part.await(READY));
      return new Reference(part, Ports.loopback(port), kind == Kind.BARE ? 0 : adminPort);
    } catch (IOException e) {
      part.close();
      throw e;
    }
  }

  @Override
  public List<InetSocketAddress> addresses() {
    return List.of(address);
  }

  @Override
  public List<Part> parts() {
    return List.of(part);
  }

  @Override
  public TierMetrics metrics() throws IOException, InterruptedException {
    return TierMetrics.ofWeb(
        adminPort == 0 ? new Metrics(Map.of()) : Metrics.read(client, adminPort));
  }

  @Override
  public Optional<Path> finish() throws IOException, InterruptedException {
    part.stop();
    return Optional.empty();
  }

  @Override
  public void close() {
    part.close();
  }
}
