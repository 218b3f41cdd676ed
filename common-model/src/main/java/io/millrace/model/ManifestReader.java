package io.millrace.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one manifest from a stream, whoever wrote it: names, texts, numbers and depth are bounded,
 * and nothing is shared with the reading of another one, not even a table of names.
 *
 * <p>One use, one thread. Holds a few KB, however long the manifest is; in {@link #whole} also what
 * it returns.
 */
public final class ManifestReader {
  /** The longest key that S3 takes; every other text of a manifest is shorter. */
  private static final int MAX_TEXT = 1024;

  private static final JsonFactory JSON =
      StrictJson.factory(
          StreamReadConstraints.builder()
              .maxNestingDepth(16)
              .maxNameLength(MAX_TEXT)
              .maxStringLength(MAX_TEXT)
              .maxNumberLength(32)
              .build());

  private final JsonParser parser;
  private int v;
  private @Nullable String object;
  private @Nullable String codec;
  private long closed;
  private long bytes = -1;
  private int batches = -1;
  private int abandoned;

  private ManifestReader(JsonParser parser) {
    this.parser = parser;
  }

  /** A batch as it is read; texts that are missing are empty, numbers 0. */
  private static final class Draft {
    private String batch = "";
    private String crc32c = "";
    private long offset;
    private long length;
    private long payloads;
    private long opened;
    private long ended;
    private final List<Long> abandoned = new ArrayList<>(0);

    private Manifest.Entry entry() {
      return new Manifest.Entry(
          batch, offset, (int) length, crc32c, (int) payloads, opened, ended, abandoned);
    }
  }

  /**
   * Reads a manifest without keeping it.
   *
   * @param in read to its end, not closed
   * @param named called with each batch and the crc32c of its frame, empty if there is none, while
   *     it is read; what it was called with counts only once this returns
   * @return length of the data object, 0 or more
   * @throws Manifest.LaterVersionException if it is of a version that this code does not know
   * @throws IllegalArgumentException if it is no manifest
   * @throws IOException if the stream fails
   */
  public static long batches(InputStream in, BiConsumer<String, String> named) throws IOException {
    return read(in, draft -> named.accept(draft.batch, draft.crc32c), false).bytes;
  }

  /** Reads a whole manifest; throws as {@link #batches} does. */
  static Manifest whole(InputStream in) throws IOException {
    List<Manifest.Entry> entries = new ArrayList<>();
    ManifestReader read = read(in, draft -> entries.add(draft.entry()), true);
    return new Manifest(
        read.v, text(read.object), text(read.codec), read.closed, read.bytes, entries);
  }

  private static ManifestReader read(InputStream in, Consumer<Draft> sink, boolean whole)
      throws IOException {
    try (JsonParser parser = JSON.createParser(in)) {
      ManifestReader reader = new ManifestReader(parser);
      reader.document(sink, whole);
      return reader;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a manifest: " + e.getOriginalMessage(), e);
    } catch (CharConversionException e) {
      throw new IllegalArgumentException("not a manifest: no UTF-8", e);
    }
  }

  private void document(Consumer<Draft> sink, boolean whole) throws IOException {
    try {
      require(parser.nextToken() == JsonToken.START_OBJECT, "no object");
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        field(parser.currentName(), sink, whole);
      }
      require(parser.nextToken() == null, "something behind its end");
    } catch (JsonProcessingException | IllegalArgumentException e) {
      requireKnownVersion(); // else it may be well formed by the rules of its version
      throw e;
    }
    requireKnownVersion();
    require(v == Manifest.VERSION, "no version");
    require(object != null && codec != null && bytes >= 0 && batches >= 0, "fields are missing");
  }

  private void requireKnownVersion() {
    if (v > Manifest.VERSION) {
      throw new Manifest.LaterVersionException(v);
    }
  }

  private void field(String name, Consumer<Draft> sink, boolean whole) throws IOException {
    JsonToken value = parser.nextToken();
    switch (name) {
      case "v" -> v = (int) number(value, Integer.MAX_VALUE);
      case "object" -> object = text(value);
      case "codec" -> codec = text(value);
      case "closed" -> closed = number(value, Long.MAX_VALUE);
      case "bytes" -> bytes = number(value, Long.MAX_VALUE);
      case "batches" -> batches(value, sink, whole);
      default -> parser.skipChildren();
    }
  }

  private void batches(JsonToken value, Consumer<Draft> sink, boolean whole) throws IOException {
    require(value == JsonToken.START_ARRAY && batches < 0, "batches are no list");
    batches = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      require(parser.currentToken() == JsonToken.START_OBJECT, "a batch is no object");
      require(++batches <= Manifest.MAX_BATCHES, "more than " + Manifest.MAX_BATCHES + " batches");
      Draft draft = new Draft();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        field(parser.currentName(), draft, whole);
      }
      require(!draft.batch.isEmpty(), "a batch has no name");
      sink.accept(draft);
    }
  }

  private void field(String name, Draft draft, boolean whole) throws IOException {
    JsonToken value = parser.nextToken();
    switch (name) {
      case "batch" -> draft.batch = text(value);
      case "crc32c" -> draft.crc32c = text(value);
      case "offset" -> draft.offset = number(value, Long.MAX_VALUE);
      case "length" -> draft.length = number(value, Integer.MAX_VALUE);
      case "payloads" -> draft.payloads = number(value, Integer.MAX_VALUE);
      case "opened" -> draft.opened = number(value, Long.MAX_VALUE);
      case "ended" -> draft.ended = number(value, Long.MAX_VALUE);
      case "abandoned" -> abandoned(value, draft.abandoned, whole);
      default -> parser.skipChildren();
    }
  }

  private void abandoned(JsonToken value, List<Long> numbers, boolean whole) throws IOException {
    require(value == JsonToken.START_ARRAY, "abandoned is no list");
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      long number = number(parser.currentToken(), Long.MAX_VALUE);
      require(
          ++abandoned <= Manifest.MAX_ABANDONED,
          "more than " + Manifest.MAX_ABANDONED + " abandoned numbers");
      if (whole) {
        numbers.add(number);
      }
    }
  }

  private String text(JsonToken value) throws IOException {
    if (value != JsonToken.VALUE_STRING) {
      throw wrong(parser.currentName() + " is no text");
    }
    return parser.getText();
  }

  private long number(JsonToken value, long greatest) throws IOException {
    if (value != JsonToken.VALUE_NUMBER_INT) {
      throw wrong(parser.currentName() + " is no whole number");
    }
    long number = parser.getLongValue();
    if (number < 0 || number > greatest) {
      throw wrong(parser.currentName() + " is out of range");
    }
    return number;
  }

  private static String text(@Nullable String read) {
    return read == null ? "" : read;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw wrong(otherwise);
    }
  }

  /** Its text is made here, not for each of millions of fields that are right. */
  private static IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("not a manifest: " + what);
  }
}
