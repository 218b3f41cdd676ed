package io.millrace.fault;

import io.millrace.config.ServiceAccess;
import io.millrace.object.S3ObjectStore;
import io.millrace.queue.MessageQueue;
import io.millrace.queue.QueueSetup;
import io.millrace.queue.SqsMessageQueue;
import io.millrace.run.StartedTier;
import io.millrace.run.TierCommand;
import io.millrace.worker.WorkerSettings;
import io.millrace.worker.WorkerTier;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;

/** A worker, started as its own main does, in which an Error can be made to happen from outside. */
final class ErringWorker {
  /** Names a file: once it is there, the next receive takes it away and fails with an Error. */
  static final String TRIGGER = "ERROR_TRIGGER";

  private static final int CONNECTIONS = 16;

  private ErringWorker() {}

  public static void main(String... args) {
    Path trigger = Path.of(System.getenv(TRIGGER));
    System.exit(
        TierCommand.run(
            "erring worker",
            "A worker with an Error.",
            WorkerSettings.ALL,
            System.getenv(),
            (given, fault) -> {
              WorkerSettings settings =
                  WorkerSettings.read(given, Runtime.getRuntime().maxMemory());
              ServiceAccess access = ServiceAccess.bySdk(given);
              String name = settings.queueName();
              WorkerTier tier =
                  WorkerTier.start(
                      settings,
                      erring(SqsMessageQueue.open(access, name, CONNECTIONS), trigger),
                      SqsMessageQueue.open(
                          access, name + QueueSetup.DEAD_LETTER_SUFFIX, CONNECTIONS),
                      S3ObjectStore.open(
                          access, settings.bucket(), settings.putHeaders(), CONNECTIONS),
                      fault);
              return StartedTier.worker(tier, tier.adminPort());
            },
            args));
  }

  private static MessageQueue erring(MessageQueue queue, Path trigger) {
    return (MessageQueue)
        Proxy.newProxyInstance(
            MessageQueue.class.getClassLoader(),
            new Class<?>[] {MessageQueue.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("receive") && Files.deleteIfExists(trigger)) {
                throw new NoClassDefFoundError("made by the test");
              }
              try {
                return method.invoke(queue, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
