package io.millrace.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.contract.StubServer.Answer;
import io.millrace.object.Listing;
import io.millrace.object.ObjectInfo;
import io.millrace.object.ObjectStore;
import io.millrace.object.ObjectStoreException;
import io.millrace.object.PutHeaders;
import io.millrace.object.S3ObjectStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the store's seam makes of stores whose LIST is not quite S3's. */
@Timeout(30)
class OddListingTest {
  private static final String MORE = "<IsTruncated>true</IsTruncated>";
  private static final String END = "<IsTruncated>false</IsTruncated>";

  private static Answer page(String how, String... keys) {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append("<ListBucketResult><Name>telemetry</Name>").append(how);
    for (String key : keys) {
      xml.append("<Contents><Key>").append(key).append("</Key><Size>1</Size></Contents>");
    }
    return new Answer(200, xml.append("</ListBucketResult>").toString());
  }

  private static String token(String token) {
    return "<NextContinuationToken>" + token + "</NextContinuationToken>";
  }

  private static List<String> keys(String after, Answer... answers) throws InterruptedException {
    try (StubServer server = StubServer.giving(answers);
        ObjectStore store = S3ObjectStore.open(server.access(), "telemetry", PutHeaders.NONE, 1)) {
      Listing listing = new Listing(store::list, "p/", after);
      List<String> found = new ArrayList<>();
      for (ObjectInfo info = listing.next(); info != null; info = listing.next()) {
        found.add(info.key());
      }
      assertThat(server.received()).isEqualTo(answers.length);
      return found;
    }
  }

  @Test
  void list_emptyFirstPageThatIsTruncated_goesOn() throws InterruptedException {
    assertThat(keys(null, page(MORE + token("t")), page(END, "p/a"))).containsExactly("p/a");
  }

  @Test
  void list_notTruncated_endsWithoutAnotherCall() throws InterruptedException {
    assertThat(keys(null, page(END, "p/a"))).containsExactly("p/a");
    assertThat(keys(null, page("", "p/a"))).as("neither flag nor token").containsExactly("p/a");
  }

  @Test
  void list_tokenWithoutAFlag_goesOn() throws InterruptedException {
    assertThat(keys(null, page(token("t"), "p/a"), page("", "p/b"))).containsExactly("p/a", "p/b");
  }

  @Test
  void list_startAfterInclusive_leavesThatKeyOutAndEnds() throws InterruptedException {
    assertThat(keys("p/a", page(END, "p/a"))).isEmpty();
  }

  @Test
  void list_startAfterIgnoredWithoutTokens_makesNoProgressAndIsNamed() {
    assertThatThrownBy(() -> keys(null, page(MORE, "p/a", "p/b"), page(MORE, "p/a", "p/b")))
        .isInstanceOf(ObjectStoreException.class)
        .hasMessageContaining("p/a came after p/b");
  }

  @Test
  void list_reversedOrder_isNamed() {
    assertThatThrownBy(() -> keys(null, page(END, "p/b", "p/a")))
        .isInstanceOf(ObjectStoreException.class)
        .hasMessageContaining("not in ascending order");
  }

  @Test
  void list_keysWithoutSize_isAnObjectStoreException() {
    Answer noSize =
        new Answer(
            200,
            "<ListBucketResult><Name>telemetry</Name><Contents><Key>p/a</Key></Contents></ListBucketResult>");
    assertThatThrownBy(() -> keys(null, noSize)).isInstanceOf(ObjectStoreException.class);
  }
}
