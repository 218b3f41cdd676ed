package io.millrace.contract;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.config.ServiceAccess;
import io.millrace.contract.ServerExtension.Server;
import io.millrace.local.EmbeddedQueue;
import io.millrace.local.EmbeddedStore;
import java.net.URI;
import java.nio.file.Path;

/** The servers that the contracts are tested on. */
final class Servers {
  /** Names a running server of both services. */
  static final String ENDPOINT_VARIABLE = "MILLRACE_TEST_ENDPOINT";

  private Servers() {}

  static Server embeddedQueue() throws Exception {
    EmbeddedQueue queue = EmbeddedQueue.inMemory(0);
    return new Server(embedded(queue.endpoint()), queue);
  }

  static Server embeddedStore() throws Exception {
    EmbeddedStore store = EmbeddedStore.inMemory(0);
    return new Server(embedded(store.endpoint()), store);
  }

  static Server embeddedStore(Path directory) throws Exception {
    EmbeddedStore store = EmbeddedStore.inDirectory(directory, 0);
    return new Server(embedded(store.endpoint()), store);
  }

  /** A server that somebody else runs, with the SDK's variables for its region and credentials. */
  static Server endpoint() {
    String endpoint = System.getenv(ENDPOINT_VARIABLE);
    assumeThat(endpoint)
        .as("%s names no running server of SQS and S3", ENDPOINT_VARIABLE)
        .isNotBlank();
    var credentials =
        new ServiceAccess.Credentials(
            variable("AWS_ACCESS_KEY_ID", "test"), variable("AWS_SECRET_ACCESS_KEY", "test"));
    var access =
        new ServiceAccess(URI.create(endpoint), variable("AWS_REGION", "us-east-1"), credentials);
    return new Server(access, () -> {});
  }

  private static String variable(String name, String otherwise) {
    return System.getenv().getOrDefault(name, otherwise);
  }

  private static ServiceAccess embedded(URI endpoint) {
    return ServiceAccess.of(endpoint, EmbeddedStore.ACCESS_KEY_ID, EmbeddedStore.SECRET_ACCESS_KEY);
  }
}
