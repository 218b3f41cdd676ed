package io.millrace.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.pace.FakeTicker;
import io.millrace.web.batch.ByteBudget;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("resource") // the budget is looked at before and after the reservation ends
class BodyReaderTest {
  private static final int MAX_BYTES = 50_000;
  private static final Duration MAX_TIME = Duration.ofSeconds(30);

  private final FakeTicker ticker = new FakeTicker();
  private final ByteBudget budget = new ByteBudget(10L * MAX_BYTES);
  private final Reservation reservation = new Reservation(budget);
  private final BodyLimits limits = new BodyLimits(MAX_BYTES, MAX_TIME, ticker);
  private final FakeBody source = new FakeBody();

  @AfterEach
  void everythingComesBack() {
    reservation.close();
    assertThat(budget.reserved()).isZero();
    assertThat(source.held()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8191, 8192, 8193, 16_384, MAX_BYTES})
  void read_anySizeUpToTheLimit_isTheBody(int size) throws Exception {
    byte[] bytes = bytes(size);

    byte[] known = whole(size, bytes, 1000);
    assertThat(budget.reserved()).isEqualTo(size);
    byte[] unknown = whole(-1, bytes, 9000);

    assertThat(known).isEqualTo(bytes);
    assertThat(unknown).isEqualTo(bytes);
  }

  @Test
  void read_nothingThereYet_isNotTheEndAndGoesOnLater() throws Exception {
    BodyReader reader = reader(5);
    source.come(new byte[] {1, 2});
    assertThat(reader.read(source)).isFalse();
    source.come(new byte[] {3, 4, 5}).end();

    assertThat(reader.read(source)).isTrue();

    assertThat(reader.body().bytes()).containsExactly(1, 2, 3, 4, 5);
  }

  @ParameterizedTest
  @ValueSource(ints = {1025, 4000, 8191, 8192, 9000})
  void read_unknownLengthOverALimitBelowTheFirstArray_isRefused(int size) throws Exception {
    BodyReader small = new BodyReader(new BodyLimits(1024, MAX_TIME, ticker), -1, reservation);
    source.come(bytes(size)).end();

    assertThatThrownBy(() -> small.read(source))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("more than 1024 bytes");
  }

  @Test
  void new_contentLengthOverTheLimit_isRefused() {
    assertThat(refusal(MAX_BYTES + 1L)).isEqualTo("body-too-large");
    assertThat(refusal(Long.MAX_VALUE)).isEqualTo("body-too-large");
    assertThat(budget.reserved()).isZero();
  }

  @Test
  void read_endlessBodyOfUnknownLength_isCutOffAtTheLimit() {
    source.come(bytes(1000)).repeat(Duration.ZERO, ticker);

    assertThat(refusal(-1)).isEqualTo("body-too-large");
    assertThat(budget.reserved()).isLessThan(4L * MAX_BYTES);
  }

  @Test
  void read_bodyThatDrips_is408WhenItsTimeIsOver() {
    source.come(new byte[1]).repeat(Duration.ofSeconds(1), ticker);

    assertThat(refusal(40_000)).isEqualTo("request-timeout");
    assertThat(Duration.ofNanos(ticker.nanos())).isEqualTo(MAX_TIME.plusSeconds(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {100, -1})
  void read_connectionOnWhichNothingComes_is408(int contentLength) {
    source.fail(new TimeoutException("idle"));

    assertThat(refusal(contentLength)).isEqualTo("request-timeout");
  }

  @Test
  void read_brokenConnection_throwsAsItIs() throws Exception {
    BodyReader reader = reader(100);
    source.fail(new IOException("reset"));

    assertThatThrownBy(() -> reader.read(source))
        .isInstanceOf(IOException.class)
        .hasMessage("reset");
  }

  @Test
  void new_noRoomInTheBudget_isOverloaded() {
    budget.tryReserve(budget.limit() - 100);

    assertThat(refusal(101)).isEqualTo("overloaded");
    assertThat(refusal(-1)).isEqualTo("overloaded");
    budget.release(budget.limit() - 100);
  }

  private BodyReader reader(long contentLength) throws ProblemException {
    return new BodyReader(limits, contentLength, reservation);
  }

  /** Reads bytes that come in pieces. */
  private byte[] whole(long contentLength, byte[] bytes, int piece) throws Exception {
    FakeBody pieces = new FakeBody();
    for (int at = 0; at < bytes.length; at += piece) {
      pieces.come(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece)));
    }
    pieces.end();
    BodyReader reader = reader(contentLength);
    assertThat(reader.read(pieces)).isTrue();
    assertThat(pieces.held()).isZero();
    return Arrays.copyOf(reader.body().bytes(), reader.body().length());
  }

  private String refusal(long contentLength) {
    return catchThrowableOfType(ProblemException.class, () -> reader(contentLength).read(source))
        .type()
        .slug();
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }
}
