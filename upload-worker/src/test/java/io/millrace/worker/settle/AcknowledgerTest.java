package io.millrace.worker.settle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.queue.FakeMessageQueue;
import io.millrace.queue.QueueException;
import io.millrace.queue.ReceivedMessage;
import io.millrace.time.Backoff;
import io.millrace.time.FakeTicker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AcknowledgerTest {
  private static final Duration VISIBILITY = Duration.ofMinutes(2);
  private final QueueException away = new QueueException("away", new IOException("reset"));

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final SettleMetrics metrics = new SettleMetrics(registry);
  private final FakeTicker ticker = new FakeTicker();
  private final FakeMessageQueue queue = new FakeMessageQueue(() -> ticker.now().epochMs());
  private final Leases leases = new Leases(queue, VISIBILITY, metrics, ticker);
  private final Acknowledger acknowledger =
      new Acknowledger(
          queue,
          leases,
          new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10), new Random(1)),
          ticker,
          metrics);

  private List<String> receive(int messages) {
    List<String> handles = new ArrayList<>();
    for (int i = 0; i < messages; i++) {
      queue.send("body", Map.of(), Duration.ofSeconds(1));
      for (ReceivedMessage message : queue.receive(1, Duration.ZERO, VISIBILITY)) {
        leases.hold(message.receiptHandle(), ticker.now().epochMs(), ticker.nanos());
        handles.add(message.receiptHandle());
      }
    }
    return handles;
  }

  private double count(String name) {
    return registry.get("millrace.worker." + name).counter().count();
  }

  @Test
  void delete_many_deletesAllAndHoldsThemNoLonger() throws InterruptedException {
    acknowledger.delete(receive(23));
    assertThat(queue.bodies()).isEmpty();
    assertThat(leases.oldestOpenedMs()).isEmpty();
    assertThat(count("messages.deleted")).isEqualTo(23);
    assertThat(ticker.pauses()).isEmpty();
  }

  @Test
  void delete_none_makesNoCall() throws InterruptedException {
    queue.failWith(away);
    acknowledger.delete(List.of());
    assertThat(ticker.pauses()).isEmpty();
  }

  @Test
  void delete_oneFails_deletesTheOthersAndGivesThatOneUpAfterSomeTries()
      throws InterruptedException {
    List<String> handles = new ArrayList<>(receive(12));
    handles.add("no handle of this queue");
    leases.hold("no handle of this queue", 0, ticker.nanos());
    acknowledger.delete(handles);
    assertThat(queue.bodies()).isEmpty();
    assertThat(count("messages.deleted")).isEqualTo(12);
    assertThat(count("delete.failures")).isEqualTo(1);
    assertThat(ticker.pauses()).hasSize(3);
    assertThat(leases.oldestOpenedMs()).isEmpty();
  }

  @Test
  void delete_queueAway_givesAllUpSoThatTheyComeAgain() throws InterruptedException {
    List<String> handles = receive(3);
    queue.failWith(away);
    acknowledger.delete(handles);
    queue.failWith(null);
    assertThat(count("delete.failures")).isEqualTo(3);
    assertThat(leases.oldestOpenedMs()).isEmpty();
    ticker.advance(VISIBILITY);
    leases.extendDue();
    assertThat(queue.counts().visible()).isEqualTo(3);
  }

  @Test
  void delete_interrupted_holdsOnThoseThatAreNotDeleted() {
    List<String> handles = new ArrayList<>(receive(1));
    long opened = ticker.now().epochMs();
    handles.add("no handle of this queue");
    leases.hold("no handle of this queue", opened + 1, ticker.nanos());
    ticker.interruptNextPause();
    assertThatThrownBy(() -> acknowledger.delete(handles)).isInstanceOf(InterruptedException.class);
    assertThat(queue.bodies()).isEmpty();
    assertThat(leases.oldestOpenedMs()).hasValue(opened + 1);
    assertThat(count("messages.deleted")).isEqualTo(1);
    assertThat(count("delete.failures")).isZero();
  }
}
