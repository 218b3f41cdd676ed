package io.millrace.toolbox.find;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.model.Codec;
import io.millrace.model.Receipt;
import io.millrace.object.ObjectStore;
import io.millrace.object.ObjectStoreException;
import io.millrace.time.Backoff;
import io.millrace.time.FakeTicker;
import io.millrace.toolbox.bucket.Parallel;
import io.millrace.toolbox.bucket.Reads;
import io.millrace.toolbox.hours.HourRange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FindTest {
  private static final Instant OPENED = SampleBucket.OPENED;
  private static final HourRange ALL = new HourRange(null, null);
  private static final String BATCH = SampleBucket.WRITER + "-";

  private final SampleBucket bucket = new SampleBucket("raw/");
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final StringWriter err = new StringWriter();

  private int find(String receipt, HourRange hours, boolean json)
      throws IOException, InterruptedException {
    List<Receipt> wanted = SearchTerms.parse(receipt);
    Found found =
        new RolledLayout(reads(bucket.store), bucket.keys, new Parallel(4)).find(wanted, hours);
    return new FoundOutput(out, new PrintWriter(err, true)).write(found, json);
  }

  private static Reads reads(ObjectStore store) {
    Duration wait = Duration.ofMillis(1);
    return new Reads(store, new Backoff(wait, wait, new Random(1)), new FakeTicker());
  }

  private static String lines(long seq, int from, int to) {
    return String.join("\n", SampleBucket.lines(seq).subList(from, to)) + "\n";
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void find_receipt_printsItsLinesAndWhereTheyLie(Codec codec) throws Exception {
    bucket.put(OPENED, codec, 1, 2);
    String key = bucket.put(OPENED, codec, 7, 8, 9);
    assertThat(find(BATCH + "8-1+2", ALL, false)).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo(lines(8, 1, 3));
    assertThat(err.toString()).startsWith(key + "  offset ").contains(BATCH + "8-1+2");
  }

  @Test
  void find_lineId_printsThatLine() throws Exception {
    bucket.put(OPENED, Codec.ZSTD, 1, 2);
    assertThat(find(BATCH + "2-0", ALL, false)).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo(lines(2, 0, 1));
  }

  @Test
  void find_severalPartsInSeveralHours_printsThemInTheirOrder() throws Exception {
    bucket.put(OPENED.plus(Duration.ofHours(30)), Codec.GZIP, 5);
    bucket.put(OPENED, Codec.ZSTD, 1, 2);
    assertThat(find(BATCH + "5-2+1," + BATCH + "1-0+3", ALL, false)).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo(lines(5, 2, 3) + lines(1, 0, 3));
  }

  @Test
  void find_announcedAndFenced_isFoundWhereItIsStored() throws Exception {
    String fenced = bucket.announce(OPENED, Codec.ZSTD, 3);
    bucket.write(fenced, Codec.ZSTD.emptyFrame());
    bucket.announce(OPENED, Codec.ZSTD, 3);
    String stored = bucket.put(OPENED, Codec.ZSTD, 2, 3);
    assertThat(find(BATCH + "3-0+1", ALL, false)).isZero();
    assertThat(err.toString()).startsWith(stored);
    assertThat(out.toString(UTF_8)).isEqualTo(lines(3, 0, 1));
  }

  @Test
  void find_onlyAnnounced_isNotFound() throws Exception {
    String fenced = bucket.announce(OPENED, Codec.ZSTD, 3);
    bucket.write(fenced, Codec.ZSTD.emptyFrame());
    assertThat(find(BATCH + "3-0+1", ALL, false)).isEqualTo(1);
    assertThat(err.toString()).contains("announced, but not stored: " + fenced);
    assertThat(out.size()).isZero();
  }

  @Test
  void find_notThere_saysWhereItLookedAndHintsAtAudit() throws Exception {
    bucket.put(OPENED.minus(Duration.ofHours(2)), Codec.ZSTD, 3);
    bucket.put(OPENED, Codec.ZSTD, 1, 2);
    bucket.put(OPENED.plus(Duration.ofDays(3)), Codec.ZSTD, 4);
    assertThat(find(BATCH + "3-0+1", ALL, false)).isEqualTo(1);
    assertThat(err.toString())
        .contains("not found: " + BATCH + "3-0+1")
        .contains("looked through 2 manifests from dt=2026-11-23/hour=04 on", "millrace audit");
    assertThat(out.size()).isZero();
  }

  @Test
  void find_range_looksOnlyThere() throws Exception {
    for (int hours = 0; hours < 5; hours++) {
      bucket.put(OPENED.plus(Duration.ofHours(hours)), Codec.ZSTD, 1 + hours);
    }
    HourRange range =
        new HourRange(Instant.parse("2026-11-23T06:00:00Z"), Instant.parse("2026-11-23T08:00:00Z"));
    assertThat(find(BATCH + "5-0+1", range, false)).isEqualTo(1);
    assertThat(err.toString()).contains("2 manifests").contains("2026-11-23T08:00:00Z");
    assertThat(find(BATCH + "2-0+1", range, false)).isZero();
  }

  @Test
  void find_moreManifestsThanAPage_findsTheLast() throws Exception {
    for (int seq = 1; seq <= 1100; seq++) {
      bucket.put(OPENED.plusMillis(seq), Codec.ZSTD, seq);
    }
    bucket.write(bucket.keys.manifests() + "dt=2026-11-23/hour=05/junk", new byte[3]);
    assertThat(find(BATCH + "1100-0+3", ALL, false)).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo(lines(1100, 0, 3));
  }

  @Test
  void find_oneBitFlipped_isDamaged() {
    byte[] bytes = SampleBucket.frame(Codec.ZSTD, 1);
    bytes[bytes.length - 3] ^= 1;
    String damaged = bucket.announce(OPENED, Codec.ZSTD, 1);
    bucket.write(damaged, bytes);
    assertThatThrownBy(() -> find(BATCH + "1-0+1", ALL, false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(damaged + " is damaged at offset 0: crc32c");
  }

  @Test
  void find_receiptBeyondTheBatch_saysHowManyLines() {
    bucket.put(OPENED, Codec.ZSTD, 1);
    assertThatThrownBy(() -> find(BATCH + "1-2+2", ALL, false))
        .hasMessageContaining("has only 3 lines");
  }

  @Test
  void find_json_isOneDocument() throws Exception {
    String key = bucket.put(OPENED, Codec.ZSTD, 1);
    assertThat(find(BATCH + "1-1+1," + BATCH + "9-0+1", ALL, true)).isEqualTo(1);
    JsonNode document = new JsonMapper().readTree(out.toString(UTF_8));
    JsonNode part = document.get("found").get(0);
    assertThat(part.get("object").asText()).isEqualTo(key);
    assertThat(part.get("offset").asInt()).isZero();
    assertThat(part.get("lines").get(0).get("id").asText()).endsWith("-1-1");
    assertThat(out.toString(UTF_8)).contains(SampleBucket.lines(1).get(1));
    assertThat(document.get("passed_over")).isEmpty();
    assertThat(document.get("missing").get(0).asText()).isEqualTo(BATCH + "9-0+1");
  }

  @Test
  void find_payloadLayout_printsThePayloads() throws Exception {
    bucket.write("raw/v1/a/" + BATCH + "1-0", "{\"n\":0}".getBytes(UTF_8));
    bucket.write("raw/v1/b/" + BATCH + "1-1", "{\"n\":1}".getBytes(UTF_8));
    bucket.write("raw/v1/b/" + BATCH + "11-1", "{\"n\":11}".getBytes(UTF_8));
    bucket.write("other/" + BATCH + "1-2", "{\"n\":2}".getBytes(UTF_8));
    Found found =
        new PayloadLayout(reads(bucket.store), "raw/").find(SearchTerms.parse(BATCH + "1-0+3"));
    assertThat(new FoundOutput(out, new PrintWriter(err, true)).write(found, false)).isEqualTo(1);
    assertThat(out.toString(UTF_8)).isEqualTo("{\"n\":0}\n{\"n\":1}\n");
    assertThat(err.toString())
        .contains("raw/v1/b/" + BATCH + "1-1  offset 0  length 7", "not found: " + BATCH + "1-2")
        .contains("looked through 3 keys under 'raw/'");
  }

  @Test
  void find_manifestsOfNoUse_arePassedOverAndNamed() throws Exception {
    String nonsense = bucket.keys.manifest(bucket.newKey(OPENED, Codec.ZSTD));
    bucket.write(nonsense, "{".getBytes(UTF_8));
    String later = bucket.keys.manifest(bucket.newKey(OPENED, Codec.ZSTD));
    bucket.write(later, "{\"v\":2}".getBytes(UTF_8));
    bucket.put(OPENED.plus(Duration.ofHours(1)), Codec.ZSTD, 3);
    assertThat(find(BATCH + "3-0+1", ALL, false)).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo(lines(3, 0, 1));
    assertThat(err.toString())
        .contains("passed over: " + nonsense + ": is no manifest", "passed over: " + later);
  }

  @Test
  void find_notFoundAndAManifestPassedOver_exits2AndSaysSo() throws Exception {
    String nonsense = bucket.keys.manifest(bucket.newKey(OPENED, Codec.ZSTD));
    bucket.write(nonsense, "{".getBytes(UTF_8));
    assertThat(find(BATCH + "3-0+1", ALL, false)).isEqualTo(2);
    assertThat(err.toString())
        .contains("passed over: " + nonsense, "not found: " + BATCH + "3-0+1", "these are: 1");

    assertThat(find(BATCH + "3-0+1", ALL, true)).isEqualTo(2);
    assertThat(new JsonMapper().readTree(out.toString(UTF_8)).get("passed_over").get(0).asText())
        .isEqualTo(nonsense);
  }

  @Test
  void find_manifestThatNamesAnotherObject_isNotTrusted() throws Exception {
    String other = bucket.put(OPENED.minus(Duration.ofHours(9)), Codec.ZSTD, 3);
    String copy = bucket.keys.manifest(bucket.newKey(OPENED, Codec.ZSTD));
    bucket.write(copy, bucket.store.bytes(bucket.keys.manifest(other)));
    assertThat(find(BATCH + "3-0+1", ALL, false)).isEqualTo(2);
    assertThat(err.toString()).contains("passed over: " + copy + ": the manifest names another");
    assertThat(out.size()).isZero();
  }

  @Test
  void find_everyFirstAnswerLost_isFoundByFurtherTries() throws Exception {
    bucket.put(OPENED, Codec.ZSTD, 3);
    Set<String> lost = ConcurrentHashMap.newKeySet();
    ObjectStore lossy =
        (ObjectStore)
            Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(),
                new Class<?>[] {ObjectStore.class},
                (proxy, method, arguments) -> {
                  if (lost.add(method.getName() + Arrays.toString(arguments))) {
                    throw new ObjectStoreException("lost", 503, null);
                  }
                  return method.invoke(bucket.store, arguments);
                });
    List<Receipt> wanted = SearchTerms.parse(BATCH + "3-0+1");
    Found found = new RolledLayout(reads(lossy), bucket.keys, new Parallel(1)).find(wanted, ALL);
    assertThat(found.parts()).hasSize(1);
    assertThat(found.passedOver()).isEmpty();
    assertThat(lost).hasSize(4);
  }

  @Test
  void find_keysCannotBeListed_throws() {
    bucket.put(OPENED, Codec.ZSTD, 3);
    bucket.store.failWith(new ObjectStoreException("away"));
    assertThatThrownBy(() -> find(BATCH + "3-0+1", ALL, false))
        .isInstanceOf(ObjectStoreException.class)
        .hasMessage("away");
  }
}
