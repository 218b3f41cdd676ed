package io.millrace.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.pattern.Patterns;
import org.elasticmq.actor.queue.QueueEvent;
import org.elasticmq.persistence.sql.DB;
import org.elasticmq.persistence.sql.SqlQueuePersistenceActor;
import org.elasticmq.persistence.sql.SqlQueuePersistenceConfig;
import scala.collection.immutable.List$;
import scala.util.Either;
import scalikejdbc.ConnectionPool$;

/**
 * The embedded queue's place on disk: queues and messages in one H2 file.
 *
 * <p>Every change is in the file before the call that makes it is answered, so a killed process
 * loses nothing; it is not forced to the disk, so a machine without power may. ElasticMQ keeps the
 * connections in a static field: there is at most one per JVM at a time. Thread-safe; closed by
 * {@link EmbeddedQueue} after the last write.
 */
final class QueueStorage implements AutoCloseable {
  /** Far above ElasticMQ's own 5 s for each queue. */
  private static final Duration RESTORE_TIMEOUT = Duration.ofSeconds(60);

  private final ActorRef listener;

  private QueueStorage(ActorRef listener) {
    this.listener = listener;
  }

  /** Opens the file in {@code directory}, or makes it. */
  static QueueStorage open(ActorSystem system, Path directory) {
    ConnectionPool$ pools = ConnectionPool$.MODULE$;
    if (pools.isInitialized(pools.DEFAULT_NAME())) {
      throw new IllegalStateException("expected one durable queue per JVM, found a second");
    }
    // DB_CLOSE_ON_EXIT: H2's own shutdown hook would close the file while sends are answered.
    String url =
        "jdbc:h2:file:"
            + directory.toAbsolutePath().resolve("queue")
            + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
    var config = new SqlQueuePersistenceConfig(true, "org.h2.Driver", url, "", "", false);
    // ElasticMQ sets the pool at its first queue in the JVM only; a later one needs its own.
    DB.initializeSingleton(config);
    var settings = pools.singleton$default$4();
    pools.singleton(url, "", "", settings, pools.singleton$default$5(url, "", "", settings));
    Props props =
        Props.create(
            SqlQueuePersistenceActor.class,
            () -> new SqlQueuePersistenceActor(config, List$.MODULE$.empty()));
    return new QueueStorage(system.actorOf(props, "queue-storage"));
  }

  /** What ElasticMQ tells every change to, and waits for. */
  ActorRef listener() {
    return listener;
  }

  /** Brings the stored queues and messages back; returns when they are all there. */
  void restoreTo(ActorRef queueManager) throws StartException {
    try {
      Object result =
          Patterns.ask(listener, new QueueEvent.Restore(queueManager), RESTORE_TIMEOUT)
              .toCompletableFuture()
              .join();
      if (result instanceof Either<?, ?> either && either.isLeft()) {
        throw StartException.unavailable(
            "the stored queues could not be restored: " + either, null);
      }
    } catch (CompletionException e) {
      throw StartException.unavailable("the stored queues could not be read: " + e.getCause(), e);
    }
  }

  @Override
  public void close() {
    ConnectionPool$.MODULE$.close(ConnectionPool$.MODULE$.DEFAULT_NAME());
  }
}
