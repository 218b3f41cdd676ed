package io.millrace.benchmark.article;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArticleServerTest {
  private static final String COLLECTION =
      "{\"version\":\"1\",\"token\":\"t\",\"data\":[{\"a\":1},{\"a\":2}]}";

  private final HeldStore store = new HeldStore();
  private final ArticleServer server =
      ArticleServer.start(
          Design.JOB_WORKERS, new ArticleSettings(0, 0, "b", 2, 2, 2), store.objects);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    store.letGo();
    server.close();
  }

  @Test
  void post_collection_isAnsweredBeforeAnythingIsStored() throws Exception {
    assertThat(send("POST", COLLECTION).statusCode()).isEqualTo(200);
    store.letGo(); // FakeObjectStore answers nothing while a PUT waits in it
    await().until(() -> store.objects.keys().size() == 2);
    assertThat(store.objects.keys()).allMatch(key -> key.startsWith("t/"));
    assertThat(store.objects.keys())
        .extracting(key -> new String(store.objects.bytes(key), StandardCharsets.UTF_8))
        .containsExactlyInAnyOrder("{\"a\":1}", "{\"a\":2}");
  }

  @Test
  void post_whatCantBeDecoded_is400() throws Exception {
    assertThat(send("POST", "{").statusCode()).isEqualTo(400);
    assertThat(send("POST", "{\"token\":\"t\",\"data\":1}").statusCode()).isEqualTo(400);
    assertThat(send("POST", "{\"data\":[]}").statusCode()).isEqualTo(400);
  }

  @Test
  void otherMethods_are405() throws Exception {
    assertThat(send("GET", "").statusCode()).isEqualTo(405);
    assertThat(send("PUT", COLLECTION).statusCode()).isEqualTo(405);
  }

  @Test
  void metrics_countPayloads() throws Exception {
    send("POST", COLLECTION);
    URI metrics = URI.create("http://127.0.0.1:" + server.adminPort() + "/metrics");
    HttpRequest request = HttpRequest.newBuilder(metrics).timeout(Duration.ofSeconds(10)).build();
    assertThat(client.send(request, BodyHandlers.ofString()).body())
        .contains("article_payloads_taken_total 2.0", "article_payloads_stored_total 0.0");
  }

  @Test
  void settings_missingOrWrong_areNamed() {
    assertThatThrownBy(() -> ArticleSettings.read(Map.of())).hasMessageContaining("BUCKET");
    assertThatThrownBy(() -> ArticleSettings.read(Map.of("BUCKET", "b", "MAX_QUEUE", "many")))
        .hasMessageContaining("MAX_QUEUE")
        .hasMessageContaining("many");
  }

  private HttpResponse<String> send(String method, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/v1/collections"))
            .timeout(Duration.ofSeconds(10))
            .method(method, BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }
}
