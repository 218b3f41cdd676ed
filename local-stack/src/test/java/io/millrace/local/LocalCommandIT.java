package io.millrace.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

@Timeout(120)
class LocalCommandIT {
  private static final int SENDERS = 4;
  private static final int ACKNOWLEDGED_BEFORE_KILL = 300;

  @TempDir Path dataDir;

  @Test
  void serversOnly_started_hasQueuesAndBucket() throws Exception {
    try (LocalProcess local = LocalProcess.start(dataDir);
        SqsClient sqs = Clients.sqs(local.sqs());
        S3Client s3 = Clients.s3(local.s3())) {
      assertThat(sqs.listQueues().queueUrls())
          .map(url -> url.substring(url.lastIndexOf('/') + 1))
          .containsExactlyInAnyOrder("millrace", "millrace-dlq");
      assertThat(s3.listBuckets().buckets()).extracting("name").containsExactly("telemetry");
    }
  }

  @Test
  void serversOnly_terminated_exitsWith0AndKeepsObjects() throws Exception {
    try (LocalProcess local = LocalProcess.start(dataDir);
        S3Client s3 = Clients.s3(local.s3())) {
      s3.putObject(r -> r.bucket("telemetry").key("a/b"), RequestBody.fromString("kept", UTF_8));

      assertThat(local.terminate()).isZero();
    }
    try (LocalProcess local = LocalProcess.start(dataDir);
        S3Client s3 = Clients.s3(local.s3())) {
      assertThat(s3.getObjectAsBytes(r -> r.bucket("telemetry").key("a/b")).asUtf8String())
          .isEqualTo("kept");
    }
  }

  @Test
  void serversOnly_folderHeldByAnother_exitsWith69() throws Exception {
    try (LocalProcess holder = LocalProcess.start(dataDir)) {
      assertThat(holder.sqs().getPort()).isPositive();
      assertThat(exitStatus(LocalProcess.launch(dataDir))).isEqualTo(69);
    }
  }

  @Test
  void serversOnly_forIsOver_exitsWith0() throws Exception {
    assertThat(exitStatus(LocalProcess.launch(dataDir, "--for", "PT0.1S"))).isZero();
  }

  @Test
  void durableQueue_killedWhileSending_losesNothingAcknowledged() throws Exception {
    Set<String> acknowledged;
    try (LocalProcess local = LocalProcess.start(dataDir, "--durable-queue")) {
      acknowledged = sendUntilKilled(local);
    }
    try (LocalProcess local = LocalProcess.start(dataDir, "--durable-queue");
        SqsClient sqs = Clients.sqs(local.sqs())) {
      assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ACKNOWLEDGED_BEFORE_KILL);
      assertThat(receiveAll(sqs)).containsAll(acknowledged);
    }
  }

  private static Set<String> sendUntilKilled(LocalProcess local) throws Exception {
    Set<String> acknowledged = new ConcurrentSkipListSet<>();
    var enough = new CountDownLatch(ACKNOWLEDGED_BEFORE_KILL);
    ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
    try (SqsClient sqs = Clients.sqs(local.sqs())) {
      for (int sender = 0; sender < SENDERS; sender++) {
        String name = "sender-" + sender;
        senders.execute(() -> sendUntilRefused(sqs, name, acknowledged, enough));
      }
      assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();
      local.kill();
      senders.shutdown();
      assertThat(senders.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      senders.shutdownNow();
    }
    return acknowledged;
  }

  private static void sendUntilRefused(
      SqsClient sqs, String name, Set<String> acknowledged, CountDownLatch enough) {
    String url = queueUrl(sqs);
    try {
      for (int n = 0; !Thread.currentThread().isInterrupted(); n++) {
        String body = name + "-" + n;
        sqs.sendMessage(r -> r.queueUrl(url).messageBody(body));
        acknowledged.add(body);
        enough.countDown();
      }
    } catch (SdkException killed) {
      // The server is gone: what it has answered until now must be there later.
    }
  }

  private static Set<String> receiveAll(SqsClient sqs) {
    Set<String> bodies = new TreeSet<>();
    String url = queueUrl(sqs);
    while (true) {
      var messages = sqs.receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(10)).messages();
      if (messages.isEmpty()) {
        return bodies;
      }
      messages.stream().map(Message::body).forEach(bodies::add);
    }
  }

  private static String queueUrl(SqsClient sqs) {
    return sqs.getQueueUrl(r -> r.queueName("millrace")).queueUrl();
  }

  private static int exitStatus(Process process) throws IOException, InterruptedException {
    try (var out = process.getInputStream()) {
      out.readAllBytes();
    }
    return process.waitFor();
  }
}
