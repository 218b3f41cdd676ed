package io.millrace.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.benchmark.process.Metrics;
import io.millrace.toolbox.plan.Prices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceUseTest {
  @Test
  void dollars_ofEachKind_areTheirPrices() throws IOException {
    Prices.Requests aws = Prices.read(null).requests();

    assertThat(new ServiceUse(0, 1e6, 0, 0, 0, 0).dollars(aws)).isCloseTo(0.40, within(1e-9));
    assertThat(new ServiceUse(0, 0, 0, 1000, 0, 0).dollars(aws)).isCloseTo(0.005, within(1e-9));
    assertThat(new ServiceUse(0, 0, 0, 0, 1000, 0).dollars(aws)).isCloseTo(0.0004, within(1e-9));
  }

  @Test
  void dollarsPerMillion_ofAShortRun_isScaled() {
    Prices.Requests prices = new Prices.Requests("test", 0.40, 0.005, 0.0004);
    ServiceUse use = new ServiceUse(500, 5000, 1, 20, 10, 1);

    // 0.002 + 0.0001 + 0.000004 dollars for 100,000 requests
    assertThat(use.dollarsPerMillion(prices, 100_000)).isCloseTo(0.02104, within(1e-9));
  }

  @Test
  void read_fileMadeForThePlan_takesItsPricesOfRequests(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("prices.json"),
            """
            {"region": "eu", "sqsDollarsPerMillion": 1,
             "s3PutListDollarsPerThousand": 2, "s3GetDollarsPerThousand": 3,
             "s3StorageDollarsPerGibMonth": 4}
            """);

    assertThat(Prices.read(file).requests()).isEqualTo(new Prices.Requests("eu", 1, 2, 3));
  }

  @Test
  void use_ofMetrics_sumsCallsByTheirKindOfPrice() {
    Metrics metrics =
        new Metrics(
            Map.of(
                "millrace_sqs_requests_total{call=\"send\"}", 10.0,
                "millrace_sqs_requests_total{call=\"receive\"}", 5.0,
                "millrace_sqs_billed_requests_total{call=\"send\"}", 160.0,
                "millrace_s3_requests_total{call=\"put\"}", 4.0,
                "millrace_s3_requests_total{call=\"list\"}", 3.0,
                "millrace_s3_requests_total{call=\"get\"}", 2.0,
                "millrace_s3_requests_total{call=\"head\"}", 1.0));

    assertThat(ServiceUse.of(metrics)).contains(new ServiceUse(15, 160, 0, 7, 3, 0));
  }

  @Test
  void use_ofTiersThatDoNotCount_isUnknown() {
    assertThat(ServiceUse.of(new Metrics(Map.of("other", 1.0)))).isEmpty();
  }
}
