package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.run.Fault;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a client was answered leads to its lines. */
@Timeout(180)
class FindIT {
  private static final String BODY =
      "{\"version\":\"1\",\"token\":\"t\",\"data\":[{\"n\":1},{\"n\":2},{\"n\":3}]}";

  @TempDir Path dataDir;

  @Test
  void find_receiptOfTheAnswer_printsItsLines() throws Exception {
    LocalSettings settings =
        new LocalSettings(dataDir, 0, 0, "127.0.0.1", 0, false, Duration.ofMillis(100), null);
    try (DataDirectory data = DataDirectory.open(settings.dataDir());
        EmbeddedServers servers = EmbeddedServers.start(settings, data)) {
      servers.createResources();
      LocalPipeline pipeline =
          LocalPipeline.start(settings, servers, Map.of("KEY_PREFIX", "raw/"), new Fault());
      String receipt;
      try {
        receipt = post(pipeline.port());
        await().atMost(Duration.ofSeconds(30)).until(() -> pipeline.counts().stored() == 3);
      } finally {
        pipeline.drain();
      }
      Map<String, String> environment = PipelineProcesses.environment(servers);
      environment.put("KEY_PREFIX", "raw/");

      ToolboxProcess found =
          ToolboxProcess.run(environment, "find", receipt, "--bucket", EmbeddedServers.BUCKET);
      assertThat(found.exitCode()).as(found.err()).isZero();
      assertThat(found.out().lines().toList())
          .isEqualTo(StoredLines.texts(data.objects().resolve(EmbeddedServers.BUCKET)));
      assertThat(found.err()).startsWith("raw/dt=").contains("offset 9");

      ToolboxProcess line = ToolboxProcess.run(environment, "find", receipt.replace("-0+3", "-1"));
      assertThat(line.err()).as("found in BUCKET of the environment").startsWith("raw/dt=");
      assertThat(line.out().lines()).singleElement().asString().contains("{\"n\":2}");

      String other = receipt.replaceFirst("-\\d+-0\\+3", "-999-0+1");
      ToolboxProcess missing =
          ToolboxProcess.run(environment, "find", other, "--bucket", EmbeddedServers.BUCKET);
      assertThat(missing.exitCode()).isEqualTo(1);
      assertThat(missing.out()).isEmpty();
      assertThat(missing.err()).contains("not found: " + other, "audit");
    }
  }

  private static String post(int port) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(Load.collections(Integer.toString(port)))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(BODY))
            .build();
    String answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    JsonNode json = new JsonMapper().readTree(answer);
    assertThat(json.get("accepted").asInt()).isEqualTo(3);
    return json.get("receipt").asText();
  }
}
