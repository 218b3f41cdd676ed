package io.millrace.queue;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Long polls that an interrupt breaks off: a thread that reads from a socket can't be interrupted,
 * so each poll reads on a thread of its own while its caller waits for that.
 *
 * <p>Thread-safe; closed by the queue, after the client.
 */
final class Polls implements AutoCloseable {
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          poll -> {
            Thread thread = new Thread(poll, "sqs-poll");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Waits for the poll.
   *
   * @param what named if it is broken off
   * @throws SdkException if the poll does
   * @throws QueueException if interrupted; the flag is set then
   */
  <T> T await(String what, Callable<T> poll) {
    try {
      Future<T> answer = threads.submit(poll);
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QueueException(what + ": interrupted", e);
    } catch (RejectedExecutionException e) {
      throw new QueueException(what + ": the queue is closed", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SdkException failure) {
        throw failure;
      }
      throw new QueueException(what + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
