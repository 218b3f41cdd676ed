package io.millrace.benchmark.process;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The whole system: queue and store, web tiers and workers, each a process of its own. */
public final class Pipeline implements Target {
  /** Older checkouts, which this one is compared with, have no ready line, but a log sentence. */
  private static final Pattern WEB_READY =
      Pattern.compile("(?:\"ready\":\"web\",\"port\":|takes collections on port )(\\d+)");

  private static final Pattern WORKER_READY = Pattern.compile("\"ready\":\"worker\"|writes to ");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Checkout checkout;
  private final PipelineSpec spec;
  private final Path folder;
  private final Servers servers;
  private final List<Part> webs = new ArrayList<>();
  private final List<Part> workers = new ArrayList<>();
  private final List<Integer> webAdminPorts = new ArrayList<>();
  private final List<Integer> workerAdminPorts = new ArrayList<>();
  private final List<InetSocketAddress> addresses = new ArrayList<>();

  private Pipeline(Checkout checkout, PipelineSpec spec, Path folder, Servers servers) {
    this.checkout = checkout;
    this.spec = spec;
    this.folder = folder;
    this.servers = servers;
  }

  /**
   * Starts all, and returns when they are ready.
   *
   * @param folder an empty one, for objects and logs
   */
  public static Pipeline start(Checkout checkout, PipelineSpec spec, Path folder)
      throws IOException, InterruptedException {
    Pipeline pipeline = new Pipeline(checkout, spec, folder, Servers.start(checkout, folder));
    try {
      pipeline.startTiers();
      return pipeline;
    } catch (IOException e) {
      pipeline.close();
      throw e;
    }
  }

  @Override
  public List<InetSocketAddress> addresses() {
    return List.copyOf(addresses);
  }

  @Override
  public List<Part> parts() {
    List<Part> parts = tiers();
    parts.add(servers.part());
    return parts;
  }

  /** Web tiers and workers, without the servers that stand in for AWS. */
  public List<Part> tiers() {
    List<Part> tiers = new ArrayList<>(webs);
    tiers.addAll(workers);
    return tiers;
  }

  /** Bytes that web tiers and workers have logged so far. */
  public long logBytes() throws IOException {
    long bytes = 0;
    for (Part tier : tiers()) {
      bytes += tier.printedBytes();
    }
    return bytes;
  }

  /** Whether each web tier is alive, and none has told of memory that it could not get. */
  public boolean websSurvived() throws IOException {
    for (Part web : webs) {
      if (!web.isAlive() || web.printed().contains(OutOfMemoryError.class.getSimpleName())) {
        return false;
      }
    }
    return true;
  }

  @Override
  public TierMetrics metrics() throws IOException, InterruptedException {
    return new TierMetrics(sum(webAdminPorts), sum(workerAdminPorts));
  }

  @Override
  public Optional<Path> finish() throws IOException, InterruptedException {
    for (Part web : webs) {
      web.stop();
    }
    servers.awaitEmptyQueue();
    for (Part worker : workers) {
      worker.stop();
    }
    return Optional.of(servers.bucket());
  }

  @Override
  public void close() {
    parts().forEach(Part::close);
  }

  private Metrics sum(List<Integer> adminPorts) throws IOException, InterruptedException {
    Metrics sum = new Metrics(Map.of());
    for (int port : adminPorts) {
      sum = sum.plus(Metrics.read(client, port));
    }
    return sum;
  }

  private void startTiers() throws IOException, InterruptedException {
    for (int i = 0; i < spec.webs(); i++) {
      webs.add(startTier("web", spec.webHeap(), webAdminPorts));
    }
    for (int i = 0; i < spec.workers(); i++) {
      workers.add(startTier("worker", spec.workerHeap(), workerAdminPorts));
    }
    for (Part web : webs) {
      addresses.add(Ports.loopback(Integer.parseInt(web.await(WEB_READY))));
    }
    for (Part worker : workers) {
      worker.await(WORKER_READY);
    }
  }

  private Part startTier(String name, String heap, List<Integer> adminPorts) throws IOException {
    int adminPort = Ports.free();
    int number = adminPorts.size();
    adminPorts.add(adminPort);
    Map<String, String> environment = new HashMap<>(servers.environment());
    environment.putAll(spec.settings());
    environment.put("PORT", "0");
    environment.put("ADMIN_PORT", Integer.toString(adminPort));
    Path log = folder.resolve(name + "-" + number + ".log");
    return Part.start(name, checkout.command(name), "-Xmx" + heap, environment, log);
  }
}
