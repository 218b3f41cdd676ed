package io.millrace.toolbox.redrive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.millrace.codec.MessageCodec;
import io.millrace.codec.MessageCodec.Decoded;
import io.millrace.codec.MessageCodec.UndecodableException;
import io.millrace.codec.MessageHeader;
import io.millrace.model.Codec;
import io.millrace.toolbox.compressed.FrameLines;
import io.millrace.toolbox.letters.Letter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.TreeMap;

/** One letter for a reader who may see payloads but no token. Stateless and thread-safe. */
final class LetterText {
  private static final int FIRST_BYTES = 8;

  private LetterText() {}

  /** Several lines, each with its line end. */
  static String of(Letter letter, Instant now) {
    StringBuilder text = new StringBuilder();
    Instant moved = letter.movedAt();
    line(text, "id", letter.id());
    line(text, "reason", Printable.of(letter.reason()));
    line(
        text,
        "time",
        moved.truncatedTo(ChronoUnit.SECONDS)
            + ", "
            + Printable.age(Duration.between(moved, now))
            + " ago");
    line(text, "sent", Instant.ofEpochMilli(letter.message().sentMs()));
    line(text, "message", Printable.bytes(letter) + " bytes");
    line(text, "a worker", letter.isDecodable() ? "can use it" : "can't use it: " + fault(letter));
    text.append("attributes").append(System.lineSeparator());
    new TreeMap<>(letter.message().attributes())
        .forEach((name, value) -> line(text, "  " + Printable.of(name), Printable.of(value)));
    MessageHeader header = letter.header();
    if (header == null) {
      line(text, "header", "can't be read");
    } else {
      header(text, header);
    }
    line(text, "frame", frame(letter.message().body()));
    if (letter.isDecodable()) {
      lines(text, letter);
    }
    return text.toString();
  }

  private static String fault(Letter letter) {
    return Printable.of(String.valueOf(letter.fault()));
  }

  private static void header(StringBuilder text, MessageHeader header) {
    text.append("header").append(System.lineSeparator());
    line(text, "  v", header.v());
    line(text, "  batch", header.batch());
    line(text, "  opened", header.opened() + ", " + Instant.ofEpochMilli(header.opened()));
    line(text, "  payloads", header.payloads());
    line(text, "  bytes", header.bytes());
    line(text, "  crc32c", header.crc32c().matches("[0-9a-f]{8}") ? header.crc32c() : "no crc32c");
    line(text, "  codec", header.codec());
    line(text, "  resent", header.resent());
    line(text, "  ended", header.ended());
    line(text, "  abandoned", header.abandoned());
  }

  /** Eight bytes tell what a frame begins as, and hold no token. */
  private static String frame(String body) {
    int end = body.indexOf('\n');
    if (end < 0) {
      return "none";
    }
    try {
      byte[] frame = Base64.getDecoder().decode(body.substring(end + 1).getBytes(ISO_8859_1));
      int shown = Math.min(FIRST_BYTES, frame.length);
      return frame.length + " bytes, begins " + HexFormat.of().formatHex(frame, 0, shown);
    } catch (IllegalArgumentException foreign) {
      return body.length() - end - 1 + " characters that are not base64";
    }
  }

  private static void lines(StringBuilder text, Letter letter) {
    text.append("lines, tokens masked").append(System.lineSeparator());
    try {
      Decoded decoded = MessageCodec.decode(letter.message().body());
      Codec codec = Codec.ofLabel(decoded.header().codec());
      for (byte[] line : FrameLines.of(codec, decoded.frame().bytes())) {
        String masked = TokenMask.masked(line);
        text.append(
            masked == null ? "(" + line.length + " bytes that are not one JSON object)" : masked);
        text.append(System.lineSeparator());
      }
    } catch (UndecodableException | IOException damaged) {
      text.append("(the frame can't be unpacked)").append(System.lineSeparator());
    }
  }

  private static void line(StringBuilder text, String name, Object value) {
    text.append(String.format(Locale.ROOT, "%-22s %s%n", name, value));
  }
}
