package io.millrace.fault;

import static io.millrace.queue.MessageQueue.MAX_BATCH_ENTRIES;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.JavaProcess;
import io.millrace.queue.ReceivedMessage;
import io.millrace.queue.SqsMessageQueue;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is done with the dead letters that belong to a case, once the queue is empty. */
final class Letters {
  private static final Duration HIDDEN = Duration.ofSeconds(60);

  private Letters() {}

  /** Deletes all of them; returns their bodies. */
  static List<String> take(Rig rig) {
    List<String> bodies = new ArrayList<>();
    try (SqsMessageQueue queue = rig.deadLetterQueue()) {
      while (queue.counts().total() > 0) {
        for (ReceivedMessage letter : queue.receive(MAX_BATCH_ENTRIES, Duration.ZERO, HIDDEN)) {
          bodies.add(letter.body());
          assertThat(queue.delete(List.of(letter.receiptHandle()))).isEmpty();
        }
      }
    }
    return bodies;
  }

  /** Sends all of them back as an operator does, and waits until the queue is empty again. */
  static void sendBack(Rig rig) throws IOException, InterruptedException {
    String[] command = {"redrive", "send", "--all", "--rate", "100", "--yes"};
    try (JavaProcess redrive =
        JavaProcess.start(Post.TOOLBOX, "128m", rig.environment(), command)) {
      assertThat(redrive.exitCode()).as(String.join("\n", redrive.lines())).isZero();
    }
    rig.awaitEmptyQueue();
  }
}
