package io.millrace.codec;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;

/**
 * The first line of a message body.
 *
 * @param v the format's version, {@value MessageCodec#VERSION}
 * @param batch {@code <writer>-<seq>}
 * @param opened when the batch's first payload came, ms since the epoch; decides the hour
 * @param payloads lines in the frame; 0 for a checkpoint
 * @param bytes uncompressed length of the frame's lines
 * @param crc32c of the frame, 8 lower-case hex digits
 * @param codec {@code zstd} or {@code gzip}
 * @param resent true on every further try to send this batch; nothing else changes then
 * @param ended every lower number of this writer has ended: the queue has taken it, or this header
 *     or one that the queue has taken names it as abandoned; 0 if the writer doesn't tell
 * @param abandoned numbers of this writer's batches whose collections were answered with an error;
 *     they may be later than this batch's, and may be named by several headers
 */
public record MessageHeader(
    @JsonProperty(required = true) int v,
    @JsonProperty(required = true) String batch,
    @JsonProperty(required = true) long opened,
    @JsonProperty(required = true) int payloads,
    @JsonProperty(required = true) int bytes,
    @JsonProperty(required = true) String crc32c,
    @JsonProperty(required = true) String codec,
    boolean resent,
    long ended,
    List<Long> abandoned) {

  public MessageHeader {
    Objects.requireNonNull(batch, "batch");
    Objects.requireNonNull(crc32c, "crc32c");
    Objects.requireNonNull(codec, "codec");
    abandoned = abandoned == null ? List.of() : List.copyOf(abandoned);
  }

  /** The same header, marked as a further try. */
  public MessageHeader asResent() {
    return new MessageHeader(
        v, batch, opened, payloads, bytes, crc32c, codec, true, ended, abandoned);
  }
}
