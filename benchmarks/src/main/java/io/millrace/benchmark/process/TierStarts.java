package io.millrace.benchmark.process;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Starts tiers one at a time, on an embedded queue and store that stay. One thread's own; closing
 * it kills queue and store.
 */
public final class TierStarts implements AutoCloseable {
  private static final String READY = "HTTP/1.1 200";
  private static final byte[] ASK =
      "GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
          .getBytes(US_ASCII);
  private static final long LOOK_EVERY_MS = 5;
  private static final long LONGEST_SECONDS = 60;

  private final Checkout checkout;
  private final Servers servers;
  private final Path folder;

  private TierStarts(Checkout checkout, Servers servers, Path folder) {
    this.checkout = checkout;
    this.servers = servers;
    this.folder = folder;
  }

  /** What is started. */
  public enum Tier {
    /** The web tier. */
    WEB("web", "ingest-web", "1g"),
    /** The worker. */
    WORKER("worker", "upload-worker", "512m");

    private final String command;
    private final String module;
    private final String heap;

    Tier(String command, String module, String heap) {
      this.command = command;
      this.module = module;
      this.heap = heap;
    }

    /** The launcher's command for it. */
    public String command() {
      return command;
    }
  }

  /**
   * What a start took, until readiness was answered with 200.
   *
   * @param seconds from the start of the process, a launcher's own time included
   * @param cpuSeconds of all threads, by the kernel's ticks of 10 ms
   * @param withArchive whether the JVM was told of a class-data archive
   */
  public record Start(double seconds, double cpuSeconds, boolean withArchive) {}

  /**
   * Starts queue and store.
   *
   * @param folder an empty one, for objects and logs
   */
  public static TierStarts open(Checkout checkout, Path folder)
      throws IOException, InterruptedException {
    return new TierStarts(checkout, Servers.start(checkout, folder), folder);
  }

  /** Starts a tier by its jar alone, and stops it. */
  public Start byJar(Tier tier) throws IOException, InterruptedException {
    return start(tier, checkout.jarCommand(tier.module));
  }

  /** Starts a tier by the launcher, with its class-data archive if it has one, and stops it. */
  public Start byLauncher(Tier tier) throws IOException, InterruptedException {
    return start(tier, checkout.command(tier.command));
  }

  @Override
  public void close() {
    servers.close();
  }

  private Start start(Tier tier, List<String> command) throws IOException, InterruptedException {
    int adminPort = Ports.free();
    Map<String, String> environment = new HashMap<>(servers.environment());
    environment.put("PORT", "0");
    environment.put("ADMIN_PORT", Integer.toString(adminPort));
    environment.put("DRAIN_DELAY_MS", "0");
    long began = System.nanoTime();
    Path log = folder.resolve(tier.command + ".log");
    try (Part part = Part.start(tier.command, command, tier.heap, environment, log)) {
      awaitReady(part, adminPort, began + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS));
      long took = System.nanoTime() - began;
      double cpuSeconds = part.usage().cpu().toMillis() / 1e3;
      boolean withArchive = part.hasArgument("-XX:SharedArchiveFile=");
      part.stop();
      return new Start(took / 1e9, cpuSeconds, withArchive);
    }
  }

  private static void awaitReady(Part part, int adminPort, long deadline)
      throws IOException, InterruptedException {
    while (!isReady(adminPort)) {
      if (System.nanoTime() > deadline) {
        throw new IOException(part.name() + " did not get ready: " + part.printed());
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
    }
  }

  /** By a bare socket: the bench takes as little of the tier's cores as it can. */
  private static boolean isReady(int adminPort) {
    try (Socket socket = new Socket(Ports.loopback(adminPort).getAddress(), adminPort)) {
      socket.getOutputStream().write(ASK);
      byte[] answer = socket.getInputStream().readNBytes(READY.length());
      return READY.equals(new String(answer, US_ASCII));
    } catch (IOException notYet) {
      return false;
    }
  }
}
