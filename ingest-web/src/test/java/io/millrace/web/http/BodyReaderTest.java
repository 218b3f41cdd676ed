package io.millrace.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.pace.FakeTicker;
import io.millrace.web.batch.ByteBudget;
import io.millrace.web.http.Headers.Encoding;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
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
  private final BodyReader reader = new BodyReader(MAX_BYTES, MAX_TIME, ticker);

  @AfterEach
  void everythingComesBack() {
    reservation.close();
    assertThat(budget.reserved()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8191, 8192, 8193, 16_384, MAX_BYTES})
  void read_anySizeUpToTheLimit_isTheBody(int size) throws Exception {
    byte[] bytes = bytes(size);

    Body known = read(new ByteArrayInputStream(bytes), size);
    assertThat(budget.reserved()).isEqualTo(size);
    Body unknown = read(new ByteArrayInputStream(bytes), -1);

    assertThat(Arrays.copyOf(known.bytes(), known.length())).isEqualTo(bytes);
    assertThat(Arrays.copyOf(unknown.bytes(), unknown.length())).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {1025, 4000, 8191, 8192, 9000})
  void read_unknownLengthOverALimitBelowTheFirstArray_isRefused(int size) {
    BodyReader small = new BodyReader(1024, MAX_TIME, ticker);

    assertThatThrownBy(
            () ->
                small.read(
                    new ByteArrayInputStream(bytes(size)),
                    -1,
                    Headers.Encoding.IDENTITY,
                    reservation))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("more than 1024 bytes");
  }

  @Test
  void read_contentLengthOverTheLimit_isRefusedUnread() {
    assertThat(refusal(new EndlessStream(Duration.ZERO), MAX_BYTES + 1L))
        .isEqualTo("body-too-large");
    assertThat(refusal(new EndlessStream(Duration.ZERO), Long.MAX_VALUE))
        .isEqualTo("body-too-large");
    assertThat(budget.reserved()).isZero();
  }

  @Test
  void read_endlessBodyOfUnknownLength_isCutOffAtTheLimit() {
    assertThat(refusal(new EndlessStream(Duration.ZERO), -1)).isEqualTo("body-too-large");
    assertThat(budget.reserved()).isLessThan(4L * MAX_BYTES);
  }

  @Test
  void read_bodyThatDrips_is408WhenItsTimeIsOver() {
    assertThat(refusal(new EndlessStream(Duration.ofSeconds(1)), 40_000))
        .isEqualTo("request-timeout");
    assertThat(Duration.ofNanos(ticker.nanos())).isEqualTo(MAX_TIME.plusSeconds(1));
  }

  @Test
  void read_connectionOnWhichNothingComes_is408() {
    InputStream idle = new FailingStream(new IOException(new TimeoutException("idle")));

    assertThat(refusal(idle, 100)).isEqualTo("request-timeout");
    assertThat(refusal(idle, -1)).isEqualTo("request-timeout");
  }

  @Test
  void read_brokenConnection_throwsAsItIs() {
    InputStream broken = new FailingStream(new IOException("reset"));

    assertThatThrownBy(() -> read(broken, 100)).isInstanceOf(IOException.class).hasMessage("reset");
  }

  @Test
  void read_noRoomInTheBudget_isOverloaded() {
    budget.tryReserve(budget.limit() - 100);

    assertThat(refusal(new EndlessStream(Duration.ZERO), 101)).isEqualTo("overloaded");
    assertThat(refusal(new EndlessStream(Duration.ZERO), -1)).isEqualTo("overloaded");
    budget.release(budget.limit() - 100);
  }

  @Test
  void readOver_endlessBody_endsAtALimit() {
    EndlessStream endless = new EndlessStream(Duration.ZERO);

    reader.readOver(endless);

    assertThat(endless.count).isBetween((long) MAX_BYTES, 65L << 20);
    assertThat(budget.reserved()).isZero();
  }

  @Test
  void readOver_bodyThatDrips_endsWhenItsTimeIsOver() {
    reader.readOver(new EndlessStream(Duration.ofSeconds(1)));

    assertThat(Duration.ofNanos(ticker.nanos()))
        .isBetween(MAX_TIME.plusSeconds(1), MAX_TIME.plusSeconds(2));
  }

  @Test
  void readOver_brokenConnection_isNothingToTell() {
    assertThatNoException()
        .isThrownBy(() -> reader.readOver(new FailingStream(new IOException("reset"))));
  }

  private Body read(InputStream in, long contentLength) throws IOException, ProblemException {
    return reader.read(in, contentLength, Encoding.IDENTITY, reservation);
  }

  private String refusal(InputStream in, long contentLength) {
    return catchThrowableOfType(ProblemException.class, () -> read(in, contentLength))
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

  /** One byte at a read, each taking its time. */
  private final class EndlessStream extends InputStream {
    private final Duration pause;
    private long count;

    EndlessStream(Duration pause) {
      this.pause = pause;
    }

    @Override
    public int read() {
      ticker.advance(pause);
      count++;
      return ' ';
    }

    @Override
    public int read(byte[] to, int at, int length) {
      to[at] = (byte) read();
      return 1;
    }
  }

  private static final class FailingStream extends InputStream {
    private final IOException failure;

    FailingStream(IOException failure) {
      this.failure = failure;
    }

    @Override
    public int read() throws IOException {
      throw failure;
    }

    @Override
    public int read(byte[] to, int at, int length) throws IOException {
      throw failure;
    }
  }
}
