package io.millrace.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

class EmbeddedStoreIT {
  private static final String KEY = "dt=2026-11-23/hour=03/1-w-1.ndjson.zst";

  @TempDir Path directory;

  @Test
  void inMemory_putObject_isRead() throws Exception {
    try (EmbeddedStore store = EmbeddedStore.inMemory(0);
        S3Client s3 = Clients.s3(store.endpoint())) {
      s3.createBucket(r -> r.bucket("bucket"));

      put(s3, "one");

      assertThat(read(s3)).isEqualTo("one");
    }
  }

  @Test
  void putIfAbsent_objectIsThere_answers412AndKeepsIt() throws Exception {
    try (EmbeddedStore store = EmbeddedStore.inDirectory(directory, 0);
        S3Client s3 = Clients.s3(store.endpoint())) {
      s3.createBucket(r -> r.bucket("bucket"));
      put(s3, "first");

      assertThatThrownBy(() -> put(s3, "second"))
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));

      assertThat(read(s3)).isEqualTo("first");
    }
  }

  @Test
  void inDirectory_closedAndOpenedAgain_keepsObjectsAsFiles() throws Exception {
    try (EmbeddedStore store = EmbeddedStore.inDirectory(directory, 0);
        S3Client s3 = Clients.s3(store.endpoint())) {
      s3.createBucket(r -> r.bucket("bucket"));
      put(s3, "kept");
    }
    try (EmbeddedStore store = EmbeddedStore.inDirectory(directory, 0);
        S3Client s3 = Clients.s3(store.endpoint())) {
      assertThat(read(s3)).isEqualTo("kept");
      assertThat(directory.resolve("bucket").resolve(KEY)).hasContent("kept");
    }
  }

  @Test
  void wrongSecret_isRefused() throws Exception {
    var stranger =
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create(EmbeddedStore.ACCESS_KEY_ID, "wrong"));
    try (EmbeddedStore store = EmbeddedStore.inMemory(0);
        S3Client s3 = Clients.s3(store.endpoint(), stranger)) {
      assertThatThrownBy(s3::listBuckets)
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
    }
  }

  @Test
  void portInUse_saysSoInOneLine() throws Exception {
    try (EmbeddedStore store = EmbeddedStore.inMemory(0)) {
      int port = store.endpoint().getPort();

      assertThatThrownBy(() -> EmbeddedStore.inMemory(port))
          .isInstanceOf(StartException.class)
          .hasMessage(
              "S3 on 127.0.0.1:"
                  + port
                  + " cannot start: the port is in use; try another by --s3-port");
    }
  }

  private static void put(S3Client s3, String content) {
    s3.putObject(
        r -> r.bucket("bucket").key(KEY).ifNoneMatch("*"), RequestBody.fromString(content, UTF_8));
  }

  private static String read(S3Client s3) {
    return s3.getObjectAsBytes(r -> r.bucket("bucket").key(KEY)).asUtf8String();
  }
}
