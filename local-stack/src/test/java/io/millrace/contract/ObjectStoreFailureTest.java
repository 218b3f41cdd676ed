package io.millrace.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.ConfigurationException;
import io.millrace.config.ServiceAccess;
import io.millrace.contract.StubServer.Answer;
import io.millrace.object.Content;
import io.millrace.object.ListCursor;
import io.millrace.object.ObjectStore;
import io.millrace.object.ObjectStoreException;
import io.millrace.object.PutHeaders;
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
    try (StubServer server = StubServer.giving(error(412, "PreconditionFailed"))) {
      assertThat(put(server.access(), SMALL, LONG)).isEqualTo(new PutResult.AlreadyThere());
    }
  }

  @Test
  void putIfAbsent_hopAnswersForTheStore_isUnknown() {
    for (String body : new String[] {"", "<html>no</html>", "no"}) {
      try (StubServer server = StubServer.giving(new Answer(412, body))) {
        assertUnknown(put(server.access(), SMALL, LONG), 412);
      }
    }
    try (StubServer server = StubServer.giving(new Answer(200, "<html>sign in</html>"))) {
      assertUnknown(put(server.access(), SMALL, LONG), 0);
    }
  }

  @Test
  void putIfAbsent_storeRefusesForGood_saysWhatHelps() {
    assertHelp(error(501, "NotImplemented"), "AWS_REQUEST_CHECKSUM_CALCULATION=when_required");
    assertHelp(error(400, "InvalidArgument"), "AWS_REQUEST_CHECKSUM_CALCULATION=when_required");
    assertHelp(error(403, "AccessDenied"), "OBJECT_SSE");
  }

  private static void assertHelp(Answer answer, String help) {
    try (StubServer server = StubServer.giving(answer)) {
      PutResult result = put(server.access(), SMALL, LONG);
      assertUnknown(result, answer.status());
      assertThat(((PutResult.Unknown) result).cause()).hasMessageContaining(help);
    }
  }

  @Test
  void reads_hopAnswersForTheStore_throw() {
    for (String body : new String[] {"", "<html>no</html>"}) {
      assertReadThrows(new Answer(404, body));
    }
    try (StubServer server = StubServer.giving(error(404, "NoSuchKey"));
        ObjectStore store = open(server)) {
      assertThat(store.read("key")).isEmpty();
    }
    try (StubServer server =
            StubServer.giving(
                new Answer(200, "<html><body>sign in</body></html>"), new Answer(200, ""));
        ObjectStore store = open(server)) {
      assertThrows(() -> store.list(ListCursor.of("", null)));
      assertThrows(() -> store.head("key"));
    }
  }

  private static void assertReadThrows(Answer answer) {
    try (StubServer server = StubServer.giving(answer);
        ObjectStore store = open(server)) {
      assertThrows(() -> store.read("key"));
    }
  }

  @Test
  void checkBucket_notUsable_saysWhatToDo() {
    assertCheckFails(error(404, "NoSuchBucket"), ObjectStoreException.class, "there is no bucket");
    assertCheckFails(error(403, "AccessDenied"), ObjectStoreException.class, "s3:ListBucket");
    assertCheckFails(error(301, "PermanentRedirect"), ConfigurationException.class, "AWS_REGION");
    assertCheckFails(
        error(403, "InvalidAccessKeyId"), ConfigurationException.class, "credentials are refused");
  }

  private static void assertCheckFails(Answer answer, Class<?> how, String text) {
    try (StubServer server = StubServer.giving(answer);
        ObjectStore store = open(server)) {
      assertThatThrownBy(() -> store.checkBucket("p/"))
          .isInstanceOf(how)
          .hasMessageContaining("telemetry")
          .hasMessageContaining(text);
    }
  }

  private static ObjectStore open(StubServer server) {
    return S3ObjectStore.open(server.access(), "telemetry", PutHeaders.NONE, 1);
  }

  private static Answer error(int status, String code) {
    return new Answer(
        status,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>%s</Code><Message>so</Message></Error>"
            .formatted(code));
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
    try (ObjectStore store =
        S3ObjectStore.open(StubServer.nobody(), "telemetry", PutHeaders.NONE, 1)) {
      assertThrows(() -> store.head("key"));
      assertThrows(() -> store.list(ListCursor.of("", null)));
      assertThrows(() -> store.get("key"));
      assertThrows(() -> store.checkBucket(""));
    }
  }

  @Test
  void head_refused_throws() {
    try (StubServer server = StubServer.giving(new Answer(403, ""));
        ObjectStore store = S3ObjectStore.open(server.access(), "telemetry", PutHeaders.NONE, 1)) {
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
    try (ObjectStore store = S3ObjectStore.open(access, "telemetry", PutHeaders.NONE, 1)) {
      return store.putIfAbsent("key", content, "application/octet-stream", timeout);
    }
  }
}
