package io.millrace.toolbox.find;

import io.millrace.codec.Frame;
import io.millrace.model.Codec;
import io.millrace.model.Hour;
import io.millrace.model.Manifest;
import io.millrace.model.ObjectKeys;
import io.millrace.object.Content;
import io.millrace.object.FakeObjectStore;
import io.millrace.toolbox.letters.SampleBodies;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Objects and manifests as a worker writes them. */
final class SampleBucket {
  static final Instant OPENED = Instant.parse("2026-11-23T05:35:20Z");

  /** Started 10 minutes before {@link #OPENED}. */
  static final String WRITER = "01M83DVAG0TSV4RRFFQ69G5FAV";

  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  final FakeObjectStore store = new FakeObjectStore();
  final ObjectKeys keys;
  private int objects;

  SampleBucket(String prefix) {
    keys = new ObjectKeys(prefix);
  }

  /** The lines that batches of this number hold. */
  static List<String> lines(long seq) {
    List<String> lines = new ArrayList<>();
    for (int n = 0; n < 3; n++) {
      lines.add(SampleBodies.line(seq, n, "t", "{\"n\":" + n + ",\"ü\":\"" + seq + "\"}"));
    }
    return lines;
  }

  /** Stores an object with these batches; returns its key. */
  String put(Instant opened, Codec codec, long... seqs) {
    String key = announce(opened, codec, seqs);
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (long seq : seqs) {
      data.writeBytes(frame(codec, seq));
    }
    write(key, data.toByteArray());
    return key;
  }

  /** Writes the manifest alone; returns the key of the object that it announces. */
  String announce(Instant opened, Codec codec, long... seqs) {
    String key = newKey(opened, codec);
    List<Manifest.Entry> entries = new ArrayList<>();
    long offset = 0;
    for (long seq : seqs) {
      byte[] bytes = frame(codec, seq);
      String crc = new Frame(bytes, bytes.length).crc32c();
      entries.add(
          new Manifest.Entry(WRITER + "-" + seq, offset, bytes.length, crc, 3, 0, seq, List.of()));
      offset += bytes.length;
    }
    Manifest manifest = new Manifest(1, key, codec.label(), 0, offset, entries);
    write(keys.manifest(key), manifest.toJson());
    return key;
  }

  /** A key of a data object, with nothing at it. */
  String newKey(Instant opened, Codec codec) {
    return keys.data(new Hour(opened), opened.toEpochMilli(), WRITER, ++objects, codec);
  }

  /** Writes any object. */
  void write(String key, byte[] bytes) {
    store.putIfAbsent(key, Content.of(bytes), "application/octet-stream", TIMEOUT);
  }

  /** The frame of a batch. */
  static byte[] frame(Codec codec, long seq) {
    return SampleBodies.frame(codec, lines(seq).toArray(String[]::new));
  }
}
