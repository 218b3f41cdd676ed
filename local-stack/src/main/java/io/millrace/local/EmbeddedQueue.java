package io.millrace.local;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.elasticmq.actor.QueueManagerActor;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.elasticmq.util.NowProvider;
import org.jspecify.annotations.Nullable;
import scala.Option;

/**
 * SQS over HTTP on loopback, by ElasticMQ. It takes any credentials, and forgets no message by age.
 *
 * <p>In memory it loses everything with the process; on disk it keeps what it has acknowledged over
 * a kill -9. It has no queues but those that clients create. Thread-safe; closed by whoever opened
 * it, after its clients.
 */
public final class EmbeddedQueue implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  private final ActorSystem system = ActorSystem.create("queue", settings());
  private final @Nullable QueueStorage storage;
  private final SQSRestServer server;
  private final URI endpoint;

  private EmbeddedQueue(@Nullable Path directory, int port) throws StartException {
    QueueStorage opened = null;
    try {
      opened = directory == null ? null : QueueStorage.open(system, directory);
      server = listen(opened, port);
      int bound = server.waitUntilStarted().localAddress().getPort();
      endpoint = URI.create("http://" + HOST + ":" + bound);
      storage = opened;
    } catch (Exception e) {
      end(opened);
      throw StartException.of("SQS on " + HOST + ":" + port, "--sqs-port", e);
    }
  }

  /**
   * Starts a queue in memory.
   *
   * @param port to listen on; 0 takes any free one
   * @throws StartException if the port is taken
   */
  public static EmbeddedQueue inMemory(int port) throws StartException {
    return new EmbeddedQueue(null, port);
  }

  /**
   * Starts a queue whose queues and messages are in files under {@code directory}, with what an
   * earlier one has left there. At most one per JVM and per directory.
   *
   * @param directory an existing, writable directory
   * @param port to listen on; 0 takes any free one
   * @throws StartException if the port is taken or the files cannot be read
   */
  public static EmbeddedQueue durable(Path directory, int port) throws StartException {
    return new EmbeddedQueue(directory, port);
  }

  /** Where clients connect to: {@code http://127.0.0.1:<port>}. */
  public URI endpoint() {
    return endpoint;
  }

  /** Stops listening, then closes the files. */
  @Override
  public void close() {
    server.stopAndWait();
    end(storage);
  }

  private SQSRestServer listen(@Nullable QueueStorage opened, int port) throws StartException {
    Option<ActorRef> listener = Option.apply(opened == null ? null : opened.listener());
    var limits = new QueueLimits();
    Props props =
        Props.create(
            QueueManagerActor.class,
            () -> new QueueManagerActor(new NowProvider(), limits, listener));
    ActorRef queues = system.actorOf(props, "queues");
    if (opened != null) {
      opened.restoreTo(queues);
    }
    var builder =
        SQSRestServerBuilder.withActorSystem(system)
            .withQueueManagerActor(queues)
            .withInterface(HOST)
            .withSQSLimits(limits);
    builder = port == 0 ? builder.withDynamicPort() : builder.withPort(port);
    return (opened == null ? builder : builder.withQueueEventListener(opened.listener())).start();
  }

  private void end(@Nullable QueueStorage opened) {
    system.terminate();
    try {
      system
          .getWhenTerminated()
          .toCompletableFuture()
          .orTimeout(STOP_TIMEOUT.toMillis(), MILLISECONDS)
          .join();
    } finally {
      if (opened != null) {
        opened.close();
      }
    }
  }

  /**
   * A failed actor stops instead of starting anew: ElasticMQ's restarted ones have forgotten their
   * queues, and would acknowledge messages that nobody keeps. A JVM that also holds the tiers must
   * not end with Pekko, nor Pekko before it. Requests may take longer than a long poll of 20 s.
   * ElasticMQ reads headers as texts; Pekko's own reading of them fails at each AWS signature, with
   * an exception.
   */
  private static Config settings() {
    return ConfigFactory.parseString(
            """
            pekko {
              loglevel = WARNING
              stdout-loglevel = WARNING
              loggers = ["org.apache.pekko.event.slf4j.Slf4jLogger"]
              logging-filter = "org.apache.pekko.event.slf4j.Slf4jLoggingFilter"
              jvm-exit-on-fatal-error = off
              jvm-shutdown-hooks = off
              coordinated-shutdown.run-by-jvm-shutdown-hook = off
              actor.guardian-supervisor-strategy = "org.apache.pekko.actor.StoppingSupervisorStrategy"
              http.server.request-timeout = 60s
              http.server.idle-timeout = 120s
              http.server.parsing.modeled-header-parsing = off
            }
            """)
        .withFallback(ConfigFactory.load());
  }
}
