package io.millrace.object;

import io.millrace.aws.AwsClients;
import io.millrace.config.ServiceAccess;
import java.time.Duration;
import software.amazon.awssdk.services.s3.S3Client;

/** Makes S3 clients. */
final class S3Clients {
  /** Longer than a call may take; it decides while the bytes of an object are read. */
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(15);

  private S3Clients() {}

  /** A client for all calls but PUTs. */
  static S3Client create(ServiceAccess access, int connections) {
    return create(access, connections, READ_TIMEOUT);
  }

  /** A client for PUTs, each of which has a timeout of its own. */
  static S3Client createForPuts(ServiceAccess access, int connections) {
    return create(access, connections, AwsClients.LONGEST_CALL);
  }

  private static S3Client create(ServiceAccess access, int connections, Duration socketTimeout) {
    S3Client client = AwsClients.build(S3Client.builder(), access, connections, socketTimeout);
    if (client.serviceClientConfiguration().endpointOverride().isEmpty()) {
      return client;
    }
    client.close();
    // Few stores but AWS have a DNS name for each bucket, and an endpoint of AWS takes paths, too.
    return AwsClients.build(
        S3Client.builder().forcePathStyle(true), access, connections, socketTimeout);
  }
}
