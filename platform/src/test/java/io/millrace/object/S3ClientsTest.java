package io.millrace.object;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.millrace.config.ServiceAccess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3ClientsTest {
  @TempDir private Path folder;

  @AfterEach
  void forgetFiles() {
    System.clearProperty("aws.configFile");
    System.clearProperty("aws.sharedCredentialsFile");
  }

  @Test
  void create_endpointOfTheProfile_isAskedByPath() throws IOException {
    List<String> paths = new CopyOnWriteArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          paths.add(exchange.getRequestURI().getPath());
          exchange.sendResponseHeaders(503, -1);
          exchange.close();
        });
    server.start();
    write("aws.configFile", "config", "[default]\nregion = us-east-1\nendpoint_url = %s\n", server);
    write(
        "aws.sharedCredentialsFile",
        "credentials",
        "[default]\naws_access_key_id = a\naws_secret_access_key = b\n",
        server);
    try (ObjectStore store =
        S3ObjectStore.open(new ServiceAccess(null, null, null), "bucket", PutHeaders.NONE, 1)) {
      store.putIfAbsent("key", Content.of(new byte[1]), "text/plain", Duration.ofSeconds(20));
    } finally {
      server.stop(0);
    }
    assertThat(paths).containsExactly("/bucket/key");
  }

  private void write(String property, String name, String text, HttpServer server)
      throws IOException {
    Path file = folder.resolve(name);
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    Files.writeString(file, text.replace("%s", url));
    System.setProperty(property, file.toString());
  }
}
