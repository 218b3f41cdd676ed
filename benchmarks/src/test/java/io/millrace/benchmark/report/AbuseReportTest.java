package io.millrace.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.benchmark.report.AbuseFigures.Cost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AbuseReportTest {
  private static final AbuseFigures SMALL =
      figures("small", 1_000, new Cost(40, 10_000, 1_800, 0.01, 0.01, 0.01, 1));
  private static final AbuseFigures FULL =
      figures("full", 1_000_000, new Cost(10_000, 4_000_000, 1_700_000, 1, 9, 0.2, 4));

  @Test
  void faults_costsWithinTheBounds_areNone() {
    AbuseFigures hostile =
        figures("spaces", 1_000_000, new Cost(19_000, 7_900_000, 3_300_000, 1.9, 17, 3, 7));

    assertThat(report(hostile).faults()).isEmpty();
  }

  @Test
  void faults_moreThanTwiceAFullBody_areNamed() {
    AbuseFigures hostile =
        figures("lines", 1_000_000, new Cost(21_000, 1, 3_800_000, 2.4, 19, 0, 18));

    assertThat(report(hostile).faults())
        .containsExactly(
            "lines: CPU is 2.1 times a full body's",
            "lines: lines is 2.2 times a full body's",
            "lines: messages is 2.4 times a full body's",
            "lines: billed is 2.1 times a full body's",
            "lines: log is 4.5 times a full body's");
  }

  @Test
  void faults_billedForBytesThatWereSent_areNone() {
    Cost cost = new Cost(1, 1, 1, 2, 21, 0, 0);
    AbuseFigures sent = new AbuseFigures("letters", 1_000_000, 1_000_000, 1, "202", cost);
    AbuseFigures unpacked = new AbuseFigures("a bomb", 1_000, 1_000_000, 1, "202", cost);

    assertThat(report(sent).faults()).isEmpty();
    assertThat(report(unpacked).faults())
        .containsExactly("a bomb: billed is 2.3 times a full body's");
  }

  @Test
  void faults_moreMessagesForBytesThatWereSent_areNamed() {
    Cost cost = new Cost(1, 1, 1, 2.1, 21, 0, 0);
    AbuseFigures sent = new AbuseFigures("letters", 1_000_000, 1_000_000, 1, "202", cost);

    assertThat(report(sent).faults())
        .containsExactly("letters: messages is 2.1 times a full body's");
  }

  @Test
  void faults_logThatFollowsWhatIsBilled_isNone() {
    Cost cost = new Cost(1, 1, 1, 2, 21, 0, 9);
    AbuseFigures sent = new AbuseFigures("letters", 1_000_000, 1_000_000, 1, "202", cost);

    assertThat(report(sent).faults()).isEmpty();
  }

  @Test
  void faults_moreThanTenTimesASmallBodyForEachByte_areNamed() {
    AbuseFigures hostile = figures("tiny payloads", 2_000, new Cost(810, 1, 1, 0, 0, 0, 0));

    assertThat(report(hostile).faults())
        .containsExactly("tiny payloads: CPU for each byte is 10.1 times a small body's");
  }

  @Test
  void faults_normalBodyWithoutACost_isNotComparedWith() {
    AbuseFigures small = figures("small", 1_000, new Cost(40, 0, 1_800, 0.01, 0.01, 0.01, 0));
    AbuseFigures full = figures("full", 1_000_000, new Cost(10_000, 0, 1_700_000, 1, 9, 0.2, 0));
    AbuseFigures hostile = figures("spaces", 1_000_000, new Cost(5_000, 9_000, 0, 0, 0, 0, 3));

    assertThat(report(small, full, hostile).faults()).isEmpty();
  }

  @Test
  void faults_bodySmallerThanTheSmallOne_countsAsLong() {
    AbuseFigures hostile = figures("no JSON", 1, new Cost(40, 1, 0, 0, 0, 0, 0));

    assertThat(report(hostile).faults()).isEmpty();
  }

  @Test
  void write_report_hasARowForEachKind(@TempDir Path folder) throws IOException {
    AbuseFigures hostile = figures("spaces", 1_000_000, new Cost(5_000, 2_000_000, 0, 0, 0, 0, 0));

    String written = Files.readString(report(hostile).write(folder));

    assertThat(written.lines().filter(line -> line.startsWith("| spaces")))
        .singleElement()
        .asString()
        .contains("5,000 |   0.50 |");
  }

  private static AbuseFigures figures(String kind, long unpackedBytes, Cost cost) {
    return new AbuseFigures(kind, 100, unpackedBytes, 1, "202", cost);
  }

  private static AbuseReport report(AbuseFigures hostile) {
    return report(SMALL, FULL, hostile);
  }

  private static AbuseReport report(AbuseFigures small, AbuseFigures full, AbuseFigures hostile) {
    return new AbuseReport(
        "2026-11-30T00:00:00Z",
        new Machine("os", 2, "processor", 1L << 30, "jdk", "abc"),
        List.of(),
        small,
        full,
        List.of(hostile));
  }
}
