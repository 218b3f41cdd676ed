package io.millrace.web.http.answer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The body of an error, {@code application/problem+json} by RFC 9457.
 *
 * @param type a URI reference that names the kind of problem
 * @param title of the kind, always the same
 * @param status the HTTP status
 * @param detail what was wrong with this request; never the client's text
 * @param instance names this one answer
 */
public record Problem(String type, String title, int status, String detail, String instance) {
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final ObjectMapper JSON = new ObjectMapper();

  public static Problem of(ProblemType type, String detail) {
    return new Problem(
        "/problems/" + type.slug(), type.title(), type.status(), detail, newInstance());
  }

  /** Names one answer: a UUID, version 4 of RFC 9562; it need not be hard to guess. */
  public static String newInstance() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return "urn:uuid:" + new UUID(high, low);
  }

  public byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of plain values always has a JSON form", e);
    }
  }
}
