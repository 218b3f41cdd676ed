package io.millrace.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.ConfigurationException;
import io.millrace.config.ServiceAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;

class AwsClientsTest {
  private static final String CONFIG = "aws.configFile";

  @TempDir private Path folder;

  @AfterEach
  void forgetFile() {
    System.clearProperty(CONFIG);
  }

  private void build(String profileFile) throws IOException {
    Path file = folder.resolve("config");
    Files.writeString(file, profileFile);
    System.setProperty(CONFIG, file.toString());
    SqsClient client =
        AwsClients.build(
            SqsClient.builder(), new ServiceAccess(null, null, null), 1, Duration.ofSeconds(1));
    client.close();
  }

  @Test
  void build_brokenProfileFile_isAFaultOfTheConfigurationThatNamesIt() {
    assertThatThrownBy(() -> build("[default\nregion\n"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("AWS_CONFIG_FILE")
        .hasMessageContaining("can't be read");
  }

  @Test
  void bySdk_endpointThatIsNoUrl_isNamed() {
    for (String wrong : new String[] {"", "127.0.0.1:9324", "localhost:9324", "http://", "a b"}) {
      assertThatThrownBy(() -> ServiceAccess.bySdk(Map.of("AWS_ENDPOINT_URL_SQS", wrong)))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("AWS_ENDPOINT_URL_SQS must be a URL")
          .hasMessageEndingWith("but is '" + wrong + "'");
    }
    assertThat(ServiceAccess.bySdk(Map.of("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9000")))
        .isEqualTo(new ServiceAccess(null, null, null));
  }

  @Test
  void settingsFault_noCredentials_saysWhatToSet() {
    SdkClientException none =
        SdkClientException.create(
            "Unable to load credentials from any of the providers in the chain AwsCredent@1f");
    assertThat(AwsFailures.settingsFault(none)).contains("AWS_PROFILE").doesNotContain("@");
    assertThat(AwsFailures.settingsFault(SdkClientException.create("other"))).isNull();
  }
}
