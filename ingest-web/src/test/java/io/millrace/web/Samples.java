package io.millrace.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.codec.Line;
import io.millrace.time.Moment;
import io.millrace.web.batch.Batch;
import io.millrace.web.batch.PendingCollection;
import io.millrace.web.parse.CollectionException;
import io.millrace.web.parse.CollectionParser;
import io.millrace.web.parse.ParsedCollection;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** Collections as they come out of the parser. */
public final class Samples {
  public static final String WRITER = "01ARYZ6S41TSV4RRFFQ69G5FAV";

  /** Where no listener throws. */
  public static final Consumer<RuntimeException> UNEXPECTED =
      thrown -> {
        throw new AssertionError("a listener threw", thrown);
      };

  private static final CollectionParser PARSER = new CollectionParser(10_000);

  private Samples() {}

  /** A collection of these payloads. */
  public static PendingCollection pending(Moment arrival, String... payloads) {
    return pending(arrival, ended -> {}, payloads);
  }

  /** The same, whose end somebody learns of. */
  public static PendingCollection pending(
      Moment arrival, PendingCollection.Listener listener, String... payloads) {
    String body =
        "{\"version\":\"1\",\"token\":\"t\",\"data\":[" + String.join(",", payloads) + "]}";
    byte[] bytes = body.getBytes(UTF_8);
    ParsedCollection collection;
    try {
      collection = PARSER.parse(bytes, bytes.length, more -> true);
    } catch (CollectionException e) {
      throw new IllegalArgumentException(body, e);
    }
    byte[] middle =
        Line.middle("", "2026-11-23T03:35:20.123Z", collection.version(), collection.token());
    return new PendingCollection(collection, middle, arrival, listener);
  }

  /** A collection of equal payloads, whose lines take at most that many bytes each. */
  public static PendingCollection pending(Moment arrival, int payloads, int maxLineBytes) {
    int rest = maxLineBytes - pending(arrival, "{\"a\":\"\"}").longestLineBytes();
    String payload = "{\"a\":\"" + "x".repeat(rest) + "\"}";
    return pending(arrival, Collections.nCopies(payloads, payload).toArray(String[]::new));
  }

  /** The lines of a batch, without their line ends. */
  public static List<String> lines(Batch batch) {
    return new String(Arrays.copyOf(batch.lines(), batch.lineBytes()), UTF_8).lines().toList();
  }
}
