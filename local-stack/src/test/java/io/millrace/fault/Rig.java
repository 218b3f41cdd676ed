package io.millrace.fault;

import io.millrace.config.ServiceAccess;
import io.millrace.local.EmbeddedStore;
import io.millrace.queue.QueueSetup;
import io.millrace.queue.SqsMessageQueue;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * The running parts of one case: the servers, the ways to them, the tiers and the load, each a
 * process of its own. One thread's own; closing it ends all that it started.
 */
final class Rig implements AutoCloseable {
  /** What a killed worker held comes back after this time, if the plan has no other. */
  static final Duration VISIBILITY = Duration.ofSeconds(4);

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Plan plan;
  private final Path folder;
  private final Ports ports = new Ports();
  private final Map<String, String> environment = new HashMap<>();
  private final List<Runnable> ends = new ArrayList<>();
  private final List<Tier> webs = new ArrayList<>();
  private final List<Tier> workers = new ArrayList<>();
  private final List<Wire> clientWires = new ArrayList<>();
  private final List<Post> posts = new ArrayList<>();
  private SmallDisk disk;
  private Servers servers;
  private Link sqs;
  private Link s3;

  private Rig(Plan plan, Path folder) {
    this.plan = plan;
    this.folder = folder;
  }

  /** Starts everything, and returns when payloads flow from the clients into objects. */
  static Rig start(Plan plan, Path folder) throws Exception {
    Rig rig = new Rig(plan, folder);
    try {
      rig.startServers();
      rig.startTiers();
      rig.startLoad();
      rig.awaitFlow();
      return rig;
    } catch (Exception | AssertionError e) {
      rig.close();
      throw e;
    }
  }

  Tier web(int number) {
    return webs.get(number);
  }

  Tier worker(int number) {
    return workers.get(number);
  }

  /** The way to the queue. */
  Link sqs() {
    return sqs;
  }

  /** The way to the store. */
  Link s3() {
    return s3;
  }

  /** The network everywhere: from clients to web tiers, from tiers to queue and store. */
  List<Wire> wires() {
    return Stream.concat(clientWires.stream(), Stream.of(sqs.wire(), s3.wire())).toList();
  }

  /** The disk of the store. */
  SmallDisk disk() {
    return disk;
  }

  /** The folder of the bucket. */
  Path bucket() {
    return folder.resolve("objects").resolve("telemetry");
  }

  /** What the clients were answered. */
  List<Path> receipts() {
    return posts.stream().map(Post::receipts).toList();
  }

  /** The queue's and the store's process. */
  Servers servers() {
    return servers;
  }

  /** Waits until every web tier accepts payloads, and a worker stores them, from now on. */
  void awaitFlow() {
    for (Tier web : webs) {
      awaitRise(List.of(web), "millrace_web_payloads_accepted_total");
    }
    awaitRise(workers, "millrace_worker_objects_stored_total");
  }

  /** Ends the load, then the web tiers, then waits until the workers have emptied the queue. */
  void drain() throws InterruptedException {
    for (Post post : posts) {
      post.finish();
    }
    for (Tier web : webs) {
      web.stop();
    }
    awaitEmptyQueue();
  }

  /** Waits until the workers have emptied the queue. */
  void awaitEmptyQueue() {
    try (SqsMessageQueue queue = queue()) {
      patiently().until(() -> queue.counts().total() == 0);
    }
  }

  /** Ends the workers in order. */
  void stopWorkers() throws InterruptedException {
    for (Tier worker : workers) {
      worker.stop();
    }
  }

  /** Messages in the dead-letter queue. */
  long deadLetters() {
    try (SqsMessageQueue queue = deadLetterQueue()) {
      return queue.counts().total();
    }
  }

  /** Messages that the present workers received again. */
  long redelivered() throws IOException, InterruptedException {
    double sum = 0;
    for (Tier worker : workers) {
      sum += worker.metrics().sum("millrace_worker_messages_redelivered_total");
    }
    return (long) sum;
  }

  /** The environment by which commands find the servers. */
  Map<String, String> environment() {
    return Map.copyOf(environment);
  }

  /** Lays what all processes printed into files. */
  void keepLogs(Path target) throws IOException {
    Files.createDirectories(target);
    Files.write(target.resolve("servers.log"), servers.log());
    for (Tier tier : Stream.concat(webs.stream(), workers.stream()).toList()) {
      Files.write(target.resolve(tier.name() + ".log"), tier.log());
    }
    for (int i = 0; i < posts.size(); i++) {
      Files.write(target.resolve("post-" + i + ".log"), posts.get(i).process().lines());
    }
  }

  @Override
  public void close() {
    for (int i = ends.size() - 1; i >= 0; i--) {
      ends.get(i).run();
    }
  }

  private void startServers() throws Exception {
    if (plan.smallDisk()) {
      disk = SmallDisk.at(folder.resolve("objects"));
      ends.add(disk::close);
    }
    servers = Servers.start(folder, ports, plan.durable());
    ends.add(servers::close);
    environment.putAll(servers.environment());
    environment.putAll(shortTimes());
    environment.putAll(plan.settings());
    if (plan.linked()) {
      sqs = linkTo("AWS_ENDPOINT_URL_SQS", servers.sqs());
      s3 = linkTo("AWS_ENDPOINT_URL_S3", servers.s3());
    }
  }

  private Link linkTo(String variable, URI server) {
    Link link = Link.to(server, ports.free());
    ends.add(link::close);
    environment.put(variable, link.address().toString());
    return link;
  }

  private void startTiers() throws IOException, InterruptedException {
    for (int i = 0; i < plan.webs(); i++) {
      webs.add(Tier.web(i, ports, environment));
    }
    for (int i = 0; i < plan.workers(); i++) {
      workers.add(
          plan.errors()
              ? Tier.erringWorker(i, ports, environment, folder.resolve("error-" + i))
              : Tier.worker(i, ports, environment));
    }
    List<Tier> tiers = Stream.concat(webs.stream(), workers.stream()).toList();
    for (Tier tier : tiers) {
      ends.add(tier::close);
      tier.start();
    }
    for (Tier tier : tiers) {
      tier.awaitReady();
    }
  }

  private void startLoad() throws IOException {
    List<Path> events = Events.files(folder);
    for (Tier web : webs) {
      URI address = plan.linked() ? wireTo(web) : web.address();
      Path receipts = folder.resolve("receipts-" + posts.size() + ".ndjson");
      Post post = Post.start(address.resolve("/v1/collections"), events, plan.rate(), receipts);
      posts.add(post);
      ends.add(post::close);
    }
  }

  private URI wireTo(Tier web) {
    Wire wire = Wire.to(web.address(), ports.free());
    clientWires.add(wire);
    ends.add(wire::close);
    return wire.address();
  }

  private static Map<String, String> shortTimes() {
    return Map.of(
        "LINGER_MS", "20",
        "ACK_TIMEOUT_MS", "3000",
        "DRAIN_DELAY_MS", "300",
        "ROLL_MAX_AGE_MS", "300",
        "ROLL_MAX_BYTES", "1048576",
        "PUT_TIMEOUT_MS", "2000",
        "VISIBILITY_TIMEOUT_SECONDS", Long.toString(VISIBILITY.toSeconds()));
  }

  private static void awaitRise(List<Tier> tiers, String counter) {
    Map<Tier, Double> first = new HashMap<>();
    patiently()
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(
            () -> {
              for (Tier tier : tiers) {
                double now = tier.metrics().sum(counter);
                if (now > first.computeIfAbsent(tier, t -> now)) {
                  return true;
                }
              }
              return false;
            });
  }

  private static ConditionFactory patiently() {
    return Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100));
  }

  /** The queue, for whoever writes to it beside the web tiers; closed by the caller. */
  SqsMessageQueue queue() {
    return queue("millrace");
  }

  /** The dead letters' queue; closed by the caller. */
  SqsMessageQueue deadLetterQueue() {
    return queue("millrace" + QueueSetup.DEAD_LETTER_SUFFIX);
  }

  private SqsMessageQueue queue(String name) {
    ServiceAccess access =
        ServiceAccess.of(
            servers.sqs(), EmbeddedStore.ACCESS_KEY_ID, EmbeddedStore.SECRET_ACCESS_KEY);
    return SqsMessageQueue.open(access, name, 1);
  }
}
