package io.millrace.web.http.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.run.ByteBudget;
import io.millrace.time.FakeTicker;
import io.millrace.web.http.FakeBody;
import io.millrace.web.http.answer.ProblemException;
import io.millrace.web.http.body.BodyReader.Progress;
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
  private final Reservation large = new Reservation(new ByteBudget(8 << 20));
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
    reservation.close();
    byte[] unknown = whole(-1, bytes, 9000);

    assertThat(known).isEqualTo(bytes);
    assertThat(unknown).isEqualTo(bytes);
  }

  @Test
  void read_nothingThereYet_isNotTheEndAndGoesOnLater() throws Exception {
    BodyReader reader = reader(5);
    source.come(new byte[] {1, 2});
    assertThat(reader.read(source)).isEqualTo(Progress.WAITS);
    source.come(new byte[] {3, 4, 5}).end();

    assertThat(reader.read(source)).isEqualTo(Progress.ENDED);

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
    source.come(new byte[1300]).repeat(Duration.ofSeconds(1), ticker);

    assertThat(refusal(50_000)).isEqualTo("request-timeout");
    assertThat(Duration.ofNanos(ticker.nanos())).isEqualTo(MAX_TIME.plusSeconds(1));
  }

  @Test
  void read_bodyBelowTheLeastRate_is408SoonAfterItsGrace() {
    source.come(new byte[10]).repeat(Duration.ofSeconds(1), ticker);

    assertThat(refusal(40_000)).isEqualTo("request-timeout");
    assertThat(Duration.ofNanos(ticker.nanos())).isEqualTo(BodyLimits.GRACE.plusSeconds(1));
  }

  @Test
  void isTooSlow_nothingComes_isSoAfterTheGraceWithoutAnyCall() throws Exception {
    BodyReader reader = reader(40_000);

    ticker.advance(BodyLimits.GRACE);
    assertThat(reader.isTooSlow()).isFalse();
    ticker.advance(Duration.ofMillis(1));

    assertThat(reader.isTooSlow()).isTrue();
  }

  /** A GPRS uplink brings about 20 KB a second. */
  @Test
  void isTooSlow_slowButHonest_isNot() throws Exception {
    BodyReader reader = new BodyReader(new BodyLimits(1 << 20, MAX_TIME, ticker), -1, large);
    for (int second = 0; second < 30; second++) {
      ticker.advance(Duration.ofSeconds(1));
      source.come(new byte[20_000]);
      assertThat(reader.read(source)).isEqualTo(Progress.WAITS);
      assertThat(reader.isTooSlow()).isFalse();
    }
    large.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 1000, MAX_BYTES, -1})
  void new_contentLengthAlone_reservesNothing(long contentLength) throws Exception {
    BodyReader reader = reader(contentLength);

    assertThat(reader.read(source)).isEqualTo(Progress.WAITS);

    assertThat(budget.reserved()).isZero();
    assertThat(reader.body().bytes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {MAX_BYTES, -1})
  void read_bitByBit_holdsAtMostFourTimesWhatCame(long contentLength) throws Exception {
    BodyReader reader = reader(contentLength);
    int came = 0;
    for (int piece : new int[] {1, 100, 1000, 5000, 7000, 20_000}) {
      source.come(bytes(piece));
      reader.read(source);
      came += piece;
      assertThat(budget.reserved())
          .isEqualTo(reader.heldBytes())
          .isBetween((long) came, Math.max(1024, 4L * came));
    }
    assertThat(reader.body().length()).isEqualTo(came);
  }

  @Test
  void read_aQuarterOfTheContentLength_makesRoomForAllOnce() throws Exception {
    BodyReader reader = reader(40_000);
    source.come(bytes(10_000));
    reader.read(source);
    byte[] first = reader.body().bytes();
    source.come(bytes(30_000)).end();

    assertThat(reader.read(source)).isEqualTo(Progress.ENDED);

    assertThat(first).hasSize(40_000);
    assertThat(reader.body().bytes()).isSameAs(first);
  }

  @Test
  void read_muchAtOnce_letsOthersHaveTheirTurn() throws Exception {
    BodyReader reader = new BodyReader(new BodyLimits(1 << 20, MAX_TIME, ticker), -1, large);
    source.come(new byte[8192]).repeat(Duration.ZERO, ticker);

    assertThat(reader.read(source)).isEqualTo(Progress.YIELDS);

    assertThat(reader.receivedBytes()).isEqualTo(BodyReader.BODY_BYTES_A_TURN);
    large.close();
  }

  @Test
  void read_bulkUsedUp_takesSmallBodiesThatAreThereAndNoOthers() throws Exception {
    budget.tryReserveBulk(budget.bulkLimit());
    source.come(bytes(1000)).end();
    BodyReader whole = reader(1000);

    assertThat(whole.read(source)).isEqualTo(Progress.ENDED);

    Reservation another = new Reservation(budget);
    BodyReader part = new BodyReader(limits, 1001, another);
    assertThatThrownBy(() -> part.read(new FakeBody().come(bytes(1000))))
        .isInstanceOf(ProblemException.class)
        .hasMessage(Reservation.overloaded().detail());
    budget.release(budget.bulkLimit());
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
  void read_noRoomInTheBudget_isOverloaded() {
    budget.tryReserve(budget.limit() - 100);
    source.come(bytes(101));

    assertThat(refusal(101)).isEqualTo("overloaded");
    source.come(bytes(101));
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
    assertThat(turns(reader, pieces)).isEqualTo(Progress.ENDED);
    assertThat(pieces.held()).isZero();
    return Arrays.copyOf(reader.body().bytes(), reader.body().length());
  }

  private String refusal(long contentLength) {
    return catchThrowableOfType(ProblemException.class, () -> turns(reader(contentLength), source))
        .type()
        .slug();
  }

  /** Reads turn by turn, as nobody else has one. */
  private static Progress turns(BodyReader reader, FakeBody body) throws Exception {
    Progress progress;
    do {
      progress = reader.read(body);
    } while (progress == Progress.YIELDS);
    return progress;
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }
}
