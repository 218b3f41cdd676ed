package io.millrace.worker.settle;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;

/**
 * What settling counts: of the messages that were held, each is deleted, moved to the dead letters,
 * handed back at the end, or comes again.
 *
 * <p>Thread-safe.
 */
public final class SettleMetrics {
  private final MeterRegistry registry;
  private final Counter deadLetterFailures;
  private final Counter deadLettersPostponed;
  private final Counter deleted;
  private final Counter deleteFailures;
  private final Counter extendFailures;
  private final Counter handedBack;
  private final Map<Poison.Kind, Counter> deadLetters = new EnumMap<>(Poison.Kind.class);

  public SettleMetrics(MeterRegistry registry) {
    this.registry = registry;
    deadLetterFailures = counter("dead.letter.failures", "Sends to the dead letters that failed");
    deadLettersPostponed =
        counter(
            "dead.letters.postponed",
            "Messages for the dead letters that found no room on the way; they come again");
    deleted = counter("messages.deleted", "Messages deleted");
    deleteFailures =
        counter("delete.failures", "Messages not deleted after all tries; they come again");
    extendFailures = counter("extend.failures", "Messages whose visibility could not be set anew");
    handedBack = counter("messages.handed.back", "Messages left to other workers at the end");
    for (Poison.Kind kind : Poison.Kind.values()) {
      deadLetters.put(
          kind,
          Counter.builder("millrace.worker.dead.letters")
              .description("Messages moved to the dead letters, by reason")
              .tag("reason", kind.tag())
              .register(registry));
    }
  }

  private Counter counter(String name, String about) {
    return Counter.builder("millrace.worker." + name).description(about).register(registry);
  }

  void deadLettered(Poison.Kind kind) {
    Counter counter = deadLetters.get(kind);
    if (counter != null) {
      counter.increment();
    }
  }

  void deadLetterFailed() {
    deadLetterFailures.increment();
  }

  void deadLetterPostponed() {
    deadLettersPostponed.increment();
  }

  void deleted(int messages) {
    deleted.increment(messages);
  }

  void deleteFailed(int messages) {
    deleteFailures.increment(messages);
  }

  void extendFailed(int messages) {
    extendFailures.increment(messages);
  }

  void handedBack(int messages) {
    handedBack.increment(messages);
  }

  /** Messages left to other workers so far. */
  public long handedBack() {
    return (long) handedBack.count();
  }
}
