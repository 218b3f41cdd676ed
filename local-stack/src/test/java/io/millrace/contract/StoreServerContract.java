package io.millrace.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.object.BucketSetup;
import io.millrace.object.ObjectStore;
import io.millrace.object.ObjectStoreException;
import io.millrace.object.PutResult;
import io.millrace.object.S3ObjectStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What every server of S3 does, beside what every store does. */
interface StoreServerContract extends ObjectStoreContract, ListingContract {
  int CONNECTIONS = 32;

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
      assertThatThrownBy(store::checkBucket)
          .isInstanceOf(ObjectStoreException.class)
          .hasMessageContaining(bucket);
    }
  }

  @Test
  default void putIfAbsent_missingBucket_isUnknownWith404() {
    try (ObjectStore store = open(server().newName())) {
      assertThat(ObjectStoreContract.put(store, KEY, "x"))
          .isInstanceOfSatisfying(
              PutResult.Unknown.class, unknown -> assertThat(unknown.status()).isEqualTo(404));
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
      store.checkBucket();
    }
  }

  /** The late one is what a worker sends that everybody holds for dead. */
  @Test
  default void putIfAbsent_whileASlowPutIsHalfSent_winsAndTheSlowOneIsRefused() throws Exception {
    var halfSent = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    String bucket = server().newName();
    BucketSetup.create(server().access(), bucket);
    try (S3Client slow = ServerClients.s3(server().access());
        ObjectStore store = open(bucket)) {
      CompletableFuture<Void> late =
          CompletableFuture.runAsync(
              () ->
                  slow.putObject(
                      r -> r.bucket(bucket).key(KEY).ifNoneMatch("*"),
                      RequestBody.fromInputStream(
                          new StallingStream(1 << 20, halfSent, goOn), 1 << 20)));
      assertThat(halfSent.await(10, TimeUnit.SECONDS)).isTrue();

      assertThat(ObjectStoreContract.put(store, KEY, "first")).isEqualTo(new PutResult.Stored());
      goOn.countDown();

      assertThatThrownBy(() -> late.get(10, TimeUnit.SECONDS))
          .cause()
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.statusCode()).isIn(412, 409));
      assertThat(ObjectStoreContract.read(store, KEY)).asString(UTF_8).isEqualTo("first");
    }
  }

  private ObjectStore open(String bucket) {
    return S3ObjectStore.open(server().access(), bucket, null, CONNECTIONS);
  }
}
