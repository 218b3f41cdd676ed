package io.millrace.toolbox.letters;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codec.MessageHeader;
import io.millrace.queue.ReceivedMessage;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LetterTest {
  private static final String BATCH = SampleBodies.WRITER + "-118";
  private static final String MOVED = "2026-11-23T03:35:20.123Z";

  private static Letter letter(String body, Map<String, String> attributes) {
    return Letter.of(new ReceivedMessage("m1", "h1", body, 1, 1_700_000_000_000L, attributes));
  }

  @Test
  void of_goodBody_isDecodable() {
    Letter letter = letter(SampleBodies.of(118), Map.of("reason", "received too often"));
    assertThat(letter.isDecodable()).isTrue();
    assertThat(letter.header()).extracting(MessageHeader::batch).isEqualTo(BATCH);
    assertThat(letter.reason()).isEqualTo("received too often");
  }

  @Test
  void of_frameDamaged_headerIsRead() {
    Letter letter = letter(SampleBodies.of(118) + "AAAA", Map.of());
    assertThat(letter.isDecodable()).isFalse();
    assertThat(letter.header()).extracting(MessageHeader::batch).isEqualTo(BATCH);
    assertThat(letter.fault()).isNotNull();
  }

  @Test
  void of_noHeader_saysWhy() {
    Letter letter = letter("hello", Map.of());
    assertThat(letter.header()).isNull();
    assertThat(letter.fault()).isEqualTo("no header line");
  }

  @Test
  void movedAt_movedByAWorker_isItsAttribute() {
    Map<String, String> attributes = Map.of("reason", "r", "dead-lettered-at", MOVED);
    assertThat(letter("x", attributes).movedAt()).isEqualTo(Instant.parse(MOVED));
    assertThat(letter("x", Map.of("reason", "r", "dead-lettered-at", "later")).movedAt())
        .isEqualTo(Instant.ofEpochMilli(1_700_000_000_000L));
  }

  @Test
  void reason_movedByTheQueuesPolicy_saysSo() {
    Letter letter = letter("x", Map.of("dead-lettered-at", MOVED));
    assertThat(letter.reason()).isEqualTo("moved by the queue's redrive policy (no reason told)");
    assertThat(letter.movedAt()).isEqualTo(Instant.ofEpochMilli(1_700_000_000_000L));
  }
}
