package io.millrace.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.config.ServiceAccess;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class S3ObjectStoreTest {
  @Test
  void putIfAbsent_closedStore_isUnknown() {
    ServiceAccess nobody = ServiceAccess.of(URI.create("http://127.0.0.1:1"), "a", "b");
    ObjectStore store = S3ObjectStore.open(nobody, "bucket", PutHeaders.NONE, 1);
    store.close();
    PutResult result =
        store.putIfAbsent("k", Content.of(new byte[1]), "text/plain", Duration.ofSeconds(5));
    assertThat(result)
        .isInstanceOfSatisfying(
            PutResult.Unknown.class, unknown -> assertThat(unknown.cause().status()).isZero());
  }
}
