package io.millrace.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.object.BucketSetup;
import io.millrace.object.Content;
import io.millrace.object.ObjectStore;
import io.millrace.object.ObjectStoreException;
import io.millrace.object.PutHeaders;
import io.millrace.object.PutResult;
import io.millrace.object.S3ObjectStore;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What every server of S3 does, beside what every store does. */
interface StoreServerContract extends ObjectStoreContract, ListingContract {
  int CONNECTIONS = 32;
  Duration OVERTAKING = Duration.ofSeconds(3);

  /** The server under test. */
  ServerExtension server();

  @Override
  default ObjectStore emptyStore() {
    String bucket = server().newName();
    BucketSetup.create(server().access(), bucket);
    return open(bucket);
  }

  @Test
  default void checkBucket_missingBucket_throwsNamingIt() {
    String bucket = server().newName();
    try (ObjectStore store = open(bucket)) {
      assertThatThrownBy(() -> store.checkBucket(""))
          .isInstanceOf(ObjectStoreException.class)
          .hasMessageContaining(bucket);
    }
  }

  @Test
  default void putIfAbsent_missingBucket_isUnknownWith404() {
    try (ObjectStore store = open(server().newName())) {
      assertThat(ObjectStoreContract.put(store, KEY, "x"))
          .isInstanceOfSatisfying(
              PutResult.Unknown.class,
              unknown -> assertThat(unknown.cause().status()).isEqualTo(404));
    }
  }

  @Test
  default void create_twice_keepsTheBucketWithItsObjects() {
    String bucket = server().newName();
    BucketSetup.create(server().access(), bucket);
    try (ObjectStore store = open(bucket)) {
      ObjectStoreContract.put(store, KEY, "kept");

      BucketSetup.create(server().access(), bucket);

      assertThat(ObjectStoreContract.read(store, KEY)).asString(UTF_8).isEqualTo("kept");
    }
  }

  @Test
  default void create_byManyAtOnce_allFindTheBucket() {
    String bucket = server().newName();

    Racers.run(8, () -> BucketSetup.create(server().access(), bucket));

    try (ObjectStore store = open(bucket)) {
      store.checkBucket("");
    }
  }

  /**
   * The slow one is a worker's that others hold for dead; LocalStack lets the other wait for it.
   */
  @Test
  default void putIfAbsent_whileAnotherPutIsHalfSent_oneOfThemIsStoredAndTold() throws Exception {
    var halfSent = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    String bucket = server().newName();
    BucketSetup.create(server().access(), bucket);
    try (S3Client client = ServerClients.s3(server().access());
        ObjectStore store = open(bucket)) {
      var body = RequestBody.fromInputStream(new StallingStream(1 << 20, halfSent, goOn), 1 << 20);
      CompletableFuture<PutObjectResponse> slow =
          CompletableFuture.supplyAsync(
              () -> client.putObject(r -> r.bucket(bucket).key(KEY).ifNoneMatch("*"), body));
      assertThat(halfSent.await(10, TimeUnit.SECONDS)).isTrue();

      PutResult quick =
          store.putIfAbsent(KEY, Content.of("quick".getBytes(UTF_8)), NDJSON, OVERTAKING);
      goOn.countDown();

      if (quick instanceof PutResult.Stored) {
        assertThatThrownBy(() -> slow.get(10, TimeUnit.SECONDS))
            .cause()
            .isInstanceOfSatisfying(
                S3Exception.class, e -> assertThat(e.statusCode()).isIn(412, 409));
        assertThat(ObjectStoreContract.read(store, KEY)).asString(UTF_8).isEqualTo("quick");
      } else {
        assertThat(slow.get(10, TimeUnit.SECONDS)).isNotNull();
        assertThat(ObjectStoreContract.read(store, KEY)).hasSize(1 << 20);
      }
    }
  }

  private ObjectStore open(String bucket) {
    return S3ObjectStore.open(server().access(), bucket, PutHeaders.NONE, CONNECTIONS);
  }
}
