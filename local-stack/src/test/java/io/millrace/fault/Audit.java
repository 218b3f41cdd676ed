package io.millrace.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.local.JavaProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the toolbox's own {@code audit} says of a case, run as an operator would run it.
 *
 * @param exit its exit status
 * @param report its JSON document
 */
record Audit(int exit, JsonNode report) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String HEAP = "256m";

  /** Runs it over the whole bucket, every frame and every receipt. */
  static Audit run(Rig rig) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("audit", "--deep", "--json", "--receipts"));
    rig.receipts().forEach(file -> arguments.add(file.toString()));
    try (JavaProcess process =
        JavaProcess.start(
            Post.TOOLBOX, HEAP, rig.environment(), arguments.toArray(String[]::new))) {
      String report = process.await("^(\\{.*\\})$");
      return new Audit(process.exitCode(), JSON.readTree(report));
    }
  }

  /**
   * Fails if it finds anything wrong, or is unsure. It has all receipts: the numbers that a killed
   * web tier leaves open are no reason to be.
   */
  void assertProven(int acknowledged) {
    JsonNode total = report.get("total");
    JsonNode receipts = report.get("receipts");
    assertThat(report.get("wrong")).as("wrong, by audit").isEmpty();
    assertThat(total.get("missing").asInt()).as("missing, by audit").isZero();
    assertThat(total.get("double").asInt()).as("double, by audit").isZero();
    assertThat(total.get("unsettled").asInt()).as("unsettled, by audit").isZero();
    assertThat(receipts.get("acknowledged").asInt()).as("read by audit").isEqualTo(acknowledged);
    assertThat(receipts.get("proven").asInt()).as("proven by audit").isEqualTo(acknowledged);
    assertThat(exit).as("exit status of audit").isZero();
  }
}
