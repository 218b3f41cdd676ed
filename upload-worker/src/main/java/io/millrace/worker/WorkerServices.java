package io.millrace.worker;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.config.ServiceAccess;
import io.millrace.object.BucketSetup;
import io.millrace.object.MeteredStore;
import io.millrace.object.ObjectStore;
import io.millrace.object.S3ObjectStore;
import io.millrace.queue.MessageQueue;
import io.millrace.queue.MeteredQueue;
import io.millrace.queue.QueueSetup;
import io.millrace.queue.SqsMessageQueue;
import io.millrace.queue.TracedQueue;
import io.millrace.trace.Tracing;
import io.millrace.worker.settle.DeadLetters;

/**
 * What a worker talks to.
 *
 * <p>Thread-safe; whoever opens it closes it.
 */
record WorkerServices(MessageQueue queue, MessageQueue deadLetters, ObjectStore store)
    implements AutoCloseable {

  /**
   * Opens queue, dead-letter queue and bucket, and creates them before if the settings ask for it.
   *
   * @throws io.millrace.queue.QueueException if a queue is missing or can't be reached
   * @throws io.millrace.object.ObjectStoreException if the bucket can't be created
   */
  static WorkerServices open(
      WorkerSettings settings, ServiceAccess queueAccess, ServiceAccess storeAccess) {
    String name = settings.queueName();
    if (settings.createResources()) {
      QueueSetup.create(queueAccess, name);
      BucketSetup.create(storeAccess, settings.bucket());
    }
    // One connection for each thread that may call: leases, the lane of dead letters, depth and the
    // closing thread, too.
    int others = WorkerStages.LEASE_THREADS + DeadLetters.THREADS + 2;
    int connections = settings.pollers() + settings.storeCalls() + others;
    MessageQueue queue = SqsMessageQueue.open(queueAccess, name, connections);
    MessageQueue deadLetters = null;
    try {
      deadLetters =
          SqsMessageQueue.open(
              queueAccess, name + QueueSetup.DEAD_LETTER_SUFFIX, DeadLetters.THREADS + 1);
      ObjectStore store =
          S3ObjectStore.open(
              storeAccess, settings.bucket(), settings.putHeaders(), settings.storeCalls());
      return new WorkerServices(queue, deadLetters, store);
    } catch (RuntimeException e) {
      queue.close();
      if (deadLetters != null) {
        deadLetters.close();
      }
      throw e;
    }
  }

  /** The same, with every call counted. */
  WorkerServices metered(MeterRegistry registry) {
    return new WorkerServices(
        new MeteredQueue(queue, registry),
        new MeteredQueue(deadLetters, registry),
        new MeteredStore(store, registry));
  }

  /**
   * The same, with messages that go on in their traces; a dead letter stays in its message's. The
   * store's calls are traced where they are made.
   */
  WorkerServices traced(Tracing tracing) {
    return new WorkerServices(TracedQueue.of(queue, tracing), deadLetters, store);
  }

  @Override
  public void close() {
    queue.close();
    deadLetters.close();
    store.close();
  }
}
