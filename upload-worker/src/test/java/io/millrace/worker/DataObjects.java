package io.millrace.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import io.millrace.codec.Frame;
import io.millrace.model.Codec;
import io.millrace.model.Manifest;
import io.millrace.model.ObjectKeys;
import io.millrace.object.FakeObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** What lies at the data keys of a store. */
record DataObjects(FakeObjectStore store, ObjectKeys keys) {

  /** Reads the data objects whole, as any reader of the codec would. */
  List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String key : dataKeys()) {
      try (InputStream raw = new ByteArrayInputStream(store.bytes(key));
          InputStream in =
              key.endsWith(".gz") ? new GZIPInputStream(raw) : new ZstdInputStream(raw)) {
        new String(in.readAllBytes(), UTF_8).lines().forEach(lines::add);
      }
    }
    return lines;
  }

  /** The batches of all data objects; fails if a manifest isn't exact. */
  List<String> batches() {
    List<String> batches = new ArrayList<>();
    for (String key : dataKeys()) {
      Manifest manifest = Manifest.fromJson(store.bytes(keys.manifest(key)));
      assertThat(manifest.object()).isEqualTo(key);
      if (store.bytes(key).length == manifest.bytes()) {
        batches.addAll(framesOf(key, manifest));
      } else {
        assertThat(store.bytes(key)).isEqualTo(Codec.ofKey(key).emptyFrame());
      }
    }
    return batches;
  }

  private List<String> framesOf(String key, Manifest manifest) {
    byte[] object = store.bytes(key);
    List<String> batches = new ArrayList<>();
    int end = Codec.ofKey(key).emptyFrame().length;
    assertThat(Arrays.copyOf(object, end)).isEqualTo(Codec.ofKey(key).emptyFrame());
    for (Manifest.Entry entry : manifest.batches()) {
      assertThat(entry.offset()).isEqualTo(end);
      end += entry.length();
      byte[] frame = Arrays.copyOfRange(object, (int) entry.offset(), end);
      assertThat(new Frame(frame, frame.length).crc32c()).isEqualTo(entry.crc32c());
      batches.add(entry.batch());
    }
    assertThat(object).hasSize(end);
    return batches;
  }

  List<String> dataKeys() {
    return store.keys().stream().filter(keys::isData).toList();
  }
}
