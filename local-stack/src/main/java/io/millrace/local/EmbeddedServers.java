package io.millrace.local;

import io.millrace.config.ServiceAccess;
import io.millrace.object.BucketSetup;
import io.millrace.queue.QueueSetup;
import java.net.URI;
import java.util.List;

/**
 * The embedded queue and store together. Thread-safe; closed by whoever started them, after every
 * client.
 */
final class EmbeddedServers implements AutoCloseable {
  static final String REGION = "us-east-1";
  static final String QUEUE_NAME = "millrace";
  static final String BUCKET = "telemetry";

  private final EmbeddedQueue queue;
  private final EmbeddedStore store;

  private EmbeddedServers(EmbeddedQueue queue, EmbeddedStore store) {
    this.queue = queue;
    this.store = store;
  }

  /**
   * Starts both on what {@code data} holds already.
   *
   * @throws StartException if either cannot start; then none is left running
   */
  static EmbeddedServers start(LocalSettings settings, DataDirectory data) throws StartException {
    EmbeddedStore store = EmbeddedStore.inDirectory(data.objects(), settings.s3Port());
    try {
      EmbeddedQueue queue =
          settings.durableQueue()
              ? EmbeddedQueue.durable(data.queue(), settings.sqsPort())
              : EmbeddedQueue.inMemory(settings.sqsPort());
      return new EmbeddedServers(queue, store);
    } catch (StartException e) {
      store.close();
      throw e;
    }
  }

  /** Creates the queue, its dead-letter queue and the bucket; those that are there stay. */
  void createResources() {
    QueueSetup.create(queueAccess(), QUEUE_NAME);
    BucketSetup.create(storeAccess(), BUCKET);
  }

  /** How a client in this process reaches the queue. */
  ServiceAccess queueAccess() {
    return access(queue.endpoint());
  }

  /** How a client in this process reaches the store. */
  ServiceAccess storeAccess() {
    return access(store.endpoint());
  }

  /** The environment by which tiers in other processes find these servers, as shell commands. */
  List<String> exports() {
    return List.of(
        "export AWS_ENDPOINT_URL_SQS=" + queue.endpoint(),
        "export AWS_ENDPOINT_URL_S3=" + store.endpoint(),
        "export AWS_REGION=" + REGION,
        "export AWS_ACCESS_KEY_ID=" + EmbeddedStore.ACCESS_KEY_ID,
        "export AWS_SECRET_ACCESS_KEY=" + EmbeddedStore.SECRET_ACCESS_KEY,
        "export QUEUE_NAME=" + QUEUE_NAME,
        "export BUCKET=" + BUCKET);
  }

  private static ServiceAccess access(URI endpoint) {
    return ServiceAccess.of(endpoint, EmbeddedStore.ACCESS_KEY_ID, EmbeddedStore.SECRET_ACCESS_KEY);
  }

  @Override
  public void close() {
    try {
      queue.close();
    } finally {
      store.close();
    }
  }
}
