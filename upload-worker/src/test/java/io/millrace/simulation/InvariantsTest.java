package io.millrace.simulation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.Codec;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What no mutant breaks first would be found as well. */
class InvariantsTest {
  private final Invariants invariants = new Invariants();
  private final World world =
      new World(
          Scenario.any(new Chance(1)),
          new Scheduler(0),
          new Chance(1),
          new Faults(0, new Chance(1)),
          new RulesUnderTest(null),
          new History(false));
  private final SimulatedStore store = new SimulatedStore(world, invariants);
  private final QueueState queue = new QueueState(world, invariants, "m", null);

  @Test
  void end_acknowledgedBatchNotStored_isLost() {
    invariants.acknowledged("web1-1");
    assertThatThrownBy(() -> invariants.end(store, List.of(queue)))
        .hasMessage("NOTHING_LOST: web1-1 is acknowledged and not stored");
  }

  @Test
  void end_messageOnQueue_isLeft() {
    queue.add(new Message("web1-1", 0, Codec.ZSTD, false, false, ""));
    assertThatThrownBy(() -> invariants.end(store, List.of(queue)))
        .hasMessage("QUEUES_EMPTY: [m1 web1-1] is left");
  }

  @Test
  void settled_bytesHeld_areMissing() {
    assertThatThrownBy(() -> invariants.settled("worker1", 1, 0))
        .hasMessage("ALL_RETURNED: worker1 still holds 1 bytes and 0 rolls");
  }
}
