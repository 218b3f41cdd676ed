package io.millrace.toolbox.redrive;

import io.millrace.config.ServiceAccess;
import io.millrace.queue.MessageQueue;
import io.millrace.queue.SqsMessageQueue;
import io.millrace.toolbox.letters.DeadLetterQueue;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which queue's dead letters are meant. */
final class QueueOption {
  @Option(
      names = "--queue-name",
      paramLabel = "NAME",
      description = "The main queue. Environment: QUEUE_NAME; millrace without either.")
  private @Nullable String given;

  /** The main queue's name. */
  String name(Map<String, String> environment) {
    return given == null ? environment.getOrDefault("QUEUE_NAME", "millrace") : given;
  }

  /** Opens the dead letters; closed by the caller. */
  DeadLetterQueue openLetters(Map<String, String> environment) {
    return DeadLetterQueue.open(ServiceAccess.bySdk(environment), name(environment));
  }

  /** Opens the main queue; closed by the caller. */
  MessageQueue openQueue(Map<String, String> environment) {
    return SqsMessageQueue.open(ServiceAccess.bySdk(environment), name(environment), 1);
  }
}
