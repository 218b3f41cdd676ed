package io.millrace.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.ServiceAccess;
import io.millrace.contract.StubServer.Answer;
import io.millrace.object.Content;
import io.millrace.object.ListCursor;
import io.millrace.object.ObjectStore;
import io.millrace.object.ObjectStoreException;
import io.millrace.object.PutResult;
import io.millrace.object.S3ObjectStore;
import java.time.Duration;
import java.util.Collections;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the store's seam makes of a service that refuses, fails or is silent. */
@Timeout(30)
class ObjectStoreFailureTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(20);

  /** More than socket buffers hold. */
  private static final Content LARGE = Content.of(Collections.nCopies(1024, new byte[16 * 1024]));

  private static final Content SMALL = Content.of(new byte[10]);

  @AfterEach
  void forgetInterrupt() {
    Thread.interrupted();
  }

  @Test
  void putIfAbsent_nobodyListens_isUnknownWithoutStatus() {
    assertUnknown(put(StubServer.nobody(), SMALL, LONG), 0);
  }

  @Test
  void putIfAbsent_noAnswerInTime_isUnknownWithoutStatusAndLeavesNoInterrupt() {
    try (StubServer server = StubServer.giving()) {
      assertUnknown(put(server.access(), SMALL, SHORT), 0);
      assertUnknown(put(server.access(), LARGE, SHORT), 0);

      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }

  @Test
  void putIfAbsent_connectionEndsWithoutAnAnswer_isUnknownWithoutStatus() {
    try (StubServer server = StubServer.giving(new Answer(0, ""))) {
      assertUnknown(put(server.access(), SMALL, LONG), 0);
    }
  }

  @Test
  void putIfAbsent_everyOtherAnswer_isUnknownWithItsStatus() {
    for (int status : new int[] {400, 403, 404, 409, 500, 503}) {
      try (StubServer server = StubServer.giving(new Answer(status, ""))) {
        assertUnknown(put(server.access(), SMALL, LONG), status);
      }
    }
  }

  @Test
  void putIfAbsent_preconditionFailed_isAlreadyThere() {
    try (StubServer server = StubServer.giving(new Answer(412, ""))) {
      assertThat(put(server.access(), SMALL, LONG)).isEqualTo(new PutResult.AlreadyThere());
    }
  }

  @Test
  void putIfAbsent_interruptedBefore_isUnknownAndKeepsTheInterrupt() {
    try (StubServer server = StubServer.giving()) {
      Thread.currentThread().interrupt();

      assertUnknown(put(server.access(), SMALL, LONG), 0);

      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }
  }

  @Test
  void otherCalls_nobodyListens_throwNamingTheBucket() {
    try (ObjectStore store = S3ObjectStore.open(StubServer.nobody(), "telemetry", null, 1)) {
      assertThrows(() -> store.head("key"));
      assertThrows(() -> store.list(ListCursor.of("", null)));
      assertThrows(() -> store.get("key"));
      assertThrows(store::checkBucket);
    }
  }

  @Test
  void head_refused_throws() {
    try (StubServer server = StubServer.giving(new Answer(403, ""));
        ObjectStore store = S3ObjectStore.open(server.access(), "telemetry", null, 1)) {
      assertThrows(() -> store.head("key"));
    }
  }

  private static void assertThrows(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(ObjectStoreException.class)
        .hasMessageContaining("telemetry");
  }

  private static void assertUnknown(PutResult result, int status) {
    assertThat(result)
        .isInstanceOfSatisfying(
            PutResult.Unknown.class,
            unknown -> {
              assertThat(unknown.cause().status()).isEqualTo(status);
              assertThat(unknown.cause()).hasMessageContaining("put key in bucket telemetry");
            });
  }

  private static PutResult put(ServiceAccess access, Content content, Duration timeout) {
    try (ObjectStore store = S3ObjectStore.open(access, "telemetry", null, 1)) {
      return store.putIfAbsent("key", content, "application/octet-stream", timeout);
    }
  }
}
