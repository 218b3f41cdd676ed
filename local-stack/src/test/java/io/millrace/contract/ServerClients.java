package io.millrace.contract;

import io.millrace.config.ServiceAccess;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The plain SDK's clients, for what the seams don't offer; closed by the test. */
final class ServerClients {
  private ServerClients() {}

  static SqsClient sqs(ServiceAccess access) {
    return SqsClient.builder()
        .endpointOverride(access.endpoint())
        .region(Region.of(access.region()))
        .credentialsProvider(credentials(access))
        .build();
  }

  static S3Client s3(ServiceAccess access) {
    return S3Client.builder()
        .endpointOverride(access.endpoint())
        .region(Region.of(access.region()))
        .credentialsProvider(credentials(access))
        .forcePathStyle(true)
        .build();
  }

  private static StaticCredentialsProvider credentials(ServiceAccess access) {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(
            access.credentials().accessKey(), access.credentials().secretKey()));
  }
}
