package io.millrace.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.codec.MessageCodec.Decoded;
import io.millrace.codec.MessageCodec.UndecodableException;
import io.millrace.model.BatchId;
import io.millrace.model.Codec;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MessageCodecTest {
  private static final String BATCH = "01ARYZ6S41TSV4RRFFQ69G5FAV-118";

  /** A zstd frame with one block of 5 bytes as they are, and a byte behind it. */
  private static final byte[] BYTES = {
    0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0x20, 5, 0x29, 0, 0, 1, -1, 127, -128, 5, 60
  };

  private static final Frame FRAME = new Frame(BYTES, 14);
  private static final MessageHeader HEADER =
      new MessageHeader(
          1, BATCH, 1_795_404_920_123L, 4, 5, FRAME.crc32c(), "zstd", false, 2, List.of(3L, 7L));

  @Test
  void decode_whatEncodeWrote_isEqual() throws UndecodableException {
    Decoded decoded = MessageCodec.decode(MessageCodec.encode(HEADER, FRAME));

    assertThat(decoded.header()).isEqualTo(HEADER);
    assertThat(Arrays.copyOf(decoded.frame().bytes(), decoded.frame().length()))
        .isEqualTo(Arrays.copyOf(BYTES, 14));
  }

  @Test
  void encode_header_isOneLineOfTheDocumentedFields() {
    assertThat(MessageCodec.encode(HEADER, FRAME))
        .isEqualTo(
            "{\"v\":1,\"batch\":\"01ARYZ6S41TSV4RRFFQ69G5FAV-118\",\"opened\":1795404920123,"
                + "\"payloads\":4,\"bytes\":5,\"crc32c\":\""
                + FRAME.crc32c()
                + "\",\"codec\":\"zstd\",\"resent\":false,\"ended\":2,\"abandoned\":[3,7]}\nKLUv/SAFKQAAAf9/gAU=");
  }

  @Test
  void decode_headerThatTellsNoEnded_isZero() throws UndecodableException {
    String older = MessageCodec.encode(HEADER, FRAME).replace("\"ended\":2,", "");

    assertThat(MessageCodec.decode(older).header().ended()).isZero();
    assertThat(MessageCodec.decode(older).header().batch()).isEqualTo(HEADER.batch());
  }

  @Test
  void asResent_header_changesNothingElse() throws UndecodableException {
    String resent = MessageCodec.encode(HEADER.asResent(), FRAME);

    assertThat(resent.replace("\"resent\":true", "\"resent\":false"))
        .isEqualTo(MessageCodec.encode(HEADER, FRAME));
    assertThat(MessageCodec.decode(resent).header().resent()).isTrue();
  }

  @Test
  void decode_unknownField_isPassedOver() throws UndecodableException {
    String body = MessageCodec.encode(HEADER, FRAME).replaceFirst("\\{", "{\"later\":{},");

    assertThat(MessageCodec.decode(body).header()).isEqualTo(HEADER);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`\n`, ``, no header line",
        "`{\"v\":1`, `v\":1`, header is not a JSON object",
        "`[3,7]}`, `[3,7]} 1`, header is not a JSON object",
        "`[3,7]`, `[null]`, header is not a JSON object",
        "`,\"payloads\":4`, ``, header is not a JSON object",
        "`\"payloads\":4`, `\"payloads\":4000000000`, header is not a JSON object",
        "`\"v\":1`, `\"v\":2`, `header version is 2, not 1`",
        "`-118`, ``, not a batch id",
        "`\"01ARYZ6S41TSV4RRFFQ69G5FAV-118\"`, null, header is not a JSON object",
        "`\"zstd\"`, null, header is not a JSON object",
        "`\"zstd\"`, `\"lz4\"`, codec is neither zstd nor gzip: lz4",
        "`\"payloads\":4`, `\"payloads\":-4`, `payloads is -4, not within 0 to 5`",
        "`\"payloads\":4`, `\"payloads\":6`, `payloads is 6, not within 0 to 5`",
        "`\"payloads\":4`, `\"payloads\":\"4\"`, header is not a JSON object",
        "`\"payloads\":4`, `\"payloads\":4.0`, header is not a JSON object",
        "`\"bytes\":5`, `\"bytes\":-1`, `payloads is 4, not within 0 to -1`",
        "`\"bytes\":5`, `\"bytes\":1073741824`, `bytes is 1073741824, not within 0 to 78`",
        "`\"opened\":1795404920123`, `\"opened\":0`, `opened is 0, not within 1577836800000 to`",
        "`\"opened\":1795404920123`, `\"opened\":253402300800000`, opened is 253402300800000",
        "`FAV-118`, `FAV-1000000000001`, `batch number is 1000000000001, not 1 to`",
        "`FAV-118`, `FAV-1000000000000000000`, not a batch id",
        "`\"ended\":2`, `\"ended\":-1`, `ended is -1, not within`",
        "`\"ended\":2`, `\"ended\":1000000000002`, `ended is 1000000000002, not within`",
        "`[3,7]`, `[3,0]`, `abandoned is 0, not within`",
        "`[3,7]`, `[3,1000000000000000000]`, `abandoned is 1000000000000000000, not within`",
        "`\"resent\":false`, `\"resent\":[]`, header is not a JSON object",
        "`Af9/`, `Af9!`, frame is not base64",
        "`Af9/`, `Af9é`, frame is not base64",
        "`Af9/`, `Af9`, frame is not base64",
        "`Af9/`, `Af8/`, crc32c of the frame is",
        "`gAU=`, ``, crc32c of the frame is"
      })
  void decode_corruption_tellsItsReason(String from, String to, String reason) {
    String body = MessageCodec.encode(HEADER, FRAME);
    assertThat(body).contains(from);

    assertThatThrownBy(() -> MessageCodec.decode(body.replace(from, to)))
        .isInstanceOf(UndecodableException.class)
        .hasMessageContaining(reason);
  }

  private static String body(Codec codec, int bytes, byte[] frame) {
    Frame whole = new Frame(frame, frame.length);
    return MessageCodec.encode(
        new MessageHeader(
            1,
            BATCH,
            253_402_300_799_999L,
            0,
            bytes,
            whole.crc32c(),
            codec.label(),
            false,
            0,
            null),
        whole);
  }

  @ParameterizedTest
  @EnumSource
  void decode_emptyFrameOfACheckpoint_isTaken(Codec codec) throws UndecodableException {
    Decoded decoded = MessageCodec.decode(body(codec, 0, codec.emptyFrame()));

    assertThat(decoded.frame().bytes()).isEqualTo(codec.emptyFrame());
  }

  @ParameterizedTest
  @EnumSource
  void decode_noBytesAsFrame_tellsItsReason(Codec codec) {
    assertThatThrownBy(() -> MessageCodec.decode(body(codec, 0, new byte[0])))
        .isInstanceOf(UndecodableException.class)
        .hasMessage("frame is empty");
  }

  @ParameterizedTest
  @CsvSource({"ZSTD, GZIP", "GZIP, ZSTD"})
  void decode_frameOfTheOtherCodec_tellsItsReason(Codec codec, Codec other) {
    assertThatThrownBy(() -> MessageCodec.decode(body(codec, 0, other.emptyFrame())))
        .isInstanceOf(UndecodableException.class)
        .hasMessage("frame does not begin as " + codec.label() + " does");
    assertThatThrownBy(() -> MessageCodec.decode(body(codec, 0, new byte[] {0x1f})))
        .isInstanceOf(UndecodableException.class)
        .hasMessage("frame does not begin as " + codec.label() + " does");
  }

  @Test
  void decode_moreAbandonedThanAHeaderTells_tellsItsReason() {
    String many = "[" + "3,".repeat(MessageCodec.MAX_ABANDONED) + "7]";
    String body = MessageCodec.encode(HEADER, FRAME).replace("[3,7]", many);

    assertThatThrownBy(() -> MessageCodec.decode(body))
        .isInstanceOf(UndecodableException.class)
        .hasMessageStartingWith("header is not a JSON object");
  }

  @Test
  void decode_largestHeaderThatIsWritten_isTaken() throws UndecodableException {
    MessageHeader header =
        new MessageHeader(
            1,
            "01ARYZ6S41TSV4RRFFQ69G5FAV-" + BatchId.MAX_SEQ,
            253_402_300_799_999L,
            4,
            5,
            FRAME.crc32c(),
            "zstd",
            false,
            BatchId.MAX_SEQ + 1,
            Collections.nCopies(MessageCodec.MAX_ABANDONED, BatchId.MAX_SEQ));

    assertThat(MessageCodec.decode(MessageCodec.encode(header, FRAME)).header()).isEqualTo(header);
  }

  @ParameterizedTest
  @CsvSource({"''", "'\n'", "'null\n'", "'[]\n'", "'{}\n'", "'x\nAA=='"})
  void decode_noMessageAtAll_tellsAReason(String body) {
    assertThatThrownBy(() -> MessageCodec.decode(body))
        .isInstanceOf(UndecodableException.class)
        .hasMessageContaining("header");
  }

  @Test
  void decode_crc32cOfNull_tellsItsReason() {
    String body = MessageCodec.encode(HEADER, FRAME);
    String nulled = body.replace('"' + FRAME.crc32c() + '"', "null");

    assertThatThrownBy(() -> MessageCodec.decode(nulled)).isInstanceOf(UndecodableException.class);
  }

  @Test
  void decode_hugeFieldOfAForeigner_isShortenedInTheReason() {
    String body = MessageCodec.encode(HEADER, FRAME).replace("zstd", "x".repeat(10_000));

    assertThatThrownBy(() -> MessageCodec.decode(body)).message().hasSizeLessThan(200);
  }

  @Test
  void decode_everyBitFlippedInTheFrame_isFound() {
    String body = MessageCodec.encode(HEADER, FRAME);
    int frame = body.indexOf('\n') + 1;
    for (int i = frame; i < body.length() - 2; i++) {
      char other = body.charAt(i) == 'A' ? 'B' : 'A';
      String changed = body.substring(0, i) + other + body.substring(i + 1);

      assertThatThrownBy(() -> MessageCodec.decode(changed))
          .as("character %d", i - frame)
          .isInstanceOf(UndecodableException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ZSTD, 16384",
    "ZSTD, 262144",
    "ZSTD, 1048576",
    "GZIP, 16384",
    "GZIP, 262144",
    "GZIP, 1048576"
  })
  void maxUncompressedBytes_incompressibleBatchOfThatSize_fitsTheMessageBesideAttributes(
      Codec codec, int maxMessageBytes) {
    int size = MessageCodec.maxUncompressedBytes(maxMessageBytes);
    byte[] lines = new byte[size];
    new Random(maxMessageBytes).nextBytes(lines);
    try (FrameEncoder encoder = new FrameEncoder(codec)) {
      Frame frame = encoder.encode(lines, size);
      String body = MessageCodec.encode(largestHeader(codec, frame), frame);

      assertThat(US_ASCII.newEncoder().canEncode(body)).isTrue();
      assertThat(body.getBytes(UTF_8))
          .hasSizeLessThanOrEqualTo(maxMessageBytes - MessageCodec.ATTRIBUTE_BYTES);
    }
  }

  private static MessageHeader largestHeader(Codec codec, Frame frame) {
    return new MessageHeader(
        1,
        "01ARYZ6S41TSV4RRFFQ69G5FAV-" + Long.MAX_VALUE,
        Long.MAX_VALUE,
        Integer.MAX_VALUE,
        Integer.MAX_VALUE,
        frame.crc32c(),
        codec.label(),
        false,
        Long.MAX_VALUE,
        Collections.nCopies(MessageCodec.MAX_ABANDONED, Long.MAX_VALUE));
  }
}
