package io.millrace.benchmark.process;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A design of the article as a process of this module's class path, on the embedded store. */
public final class ArticleProcess implements Target {
  private static final Pattern READY = Pattern.compile("Design .* on port (\\d+)");
  private static final Pattern NO_MEMORY = Pattern.compile("OutOfMemoryError: [^\\n]*");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Servers servers;
  private final Part part;
  private final InetSocketAddress address;
  private final int adminPort;
  private Metrics last = new Metrics(Map.of());

  private ArticleProcess(Servers servers, Part part, InetSocketAddress address, int adminPort) {
    this.servers = servers;
    this.part = part;
    this.address = address;
    this.adminPort = adminPort;
  }

  /**
   * Starts store and design, and returns when they are ready.
   *
   * @param design as its command takes it
   * @param heap of the design's process, as {@code 1g}
   * @param settings MAX_WORKERS and the like
   * @param folder an empty one, for objects and logs
   */
  public static ArticleProcess start(
      Checkout checkout, String design, String heap, Map<String, String> settings, Path folder)
      throws IOException, InterruptedException {
    Servers servers = Servers.start(checkout, folder);
    try {
      int adminPort = Ports.free();
      Map<String, String> environment = new HashMap<>(servers.environment());
      environment.putAll(settings);
      environment.put("PORT", "0");
      environment.put("ADMIN_PORT", Integer.toString(adminPort));
      Part part =
          Part.start("web", command(design), "-Xmx" + heap, environment, folder.resolve("web.log"));
      return ready(servers, part, adminPort);
    } catch (IOException e) {
      servers.close();
      throw e;
    }
  }

  private static ArticleProcess ready(Servers servers, Part part, int adminPort)
      throws IOException, InterruptedException {
    try {
      InetSocketAddress address = Ports.loopback(Integer.parseInt(part.await(READY)));
      return new ArticleProcess(servers, part, address, adminPort);
    } catch (IOException e) {
      part.close();
      throw e;
    }
  }

  private static List<String> command(String design) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("java.class.path"),
        "io.millrace.benchmark.Main",
        "serve-article",
        design);
  }

  @Override
  public List<InetSocketAddress> addresses() {
    return List.of(address);
  }

  @Override
  public List<Part> parts() {
    return List.of(part, servers.part());
  }

  /** The last that it told: a process without memory tells nothing. */
  @Override
  public TierMetrics metrics() throws InterruptedException {
    try {
      last = Metrics.read(client, adminPort);
    } catch (IOException e) {
      // What it told before stands.
    }
    return TierMetrics.ofWeb(last);
  }

  /** What it printed if it ran out of memory. */
  public Optional<String> outOfMemory() throws IOException {
    Matcher found = NO_MEMORY.matcher(part.printed());
    return found.find() ? Optional.of(found.group()) : Optional.empty();
  }

  @Override
  public Optional<Path> finish() throws IOException, InterruptedException {
    part.stop();
    return Optional.of(servers.bucket());
  }

  @Override
  public void close() {
    part.close();
    servers.close();
  }
}
