package io.millrace.queue;

import io.millrace.config.Setting;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which queue is meant: a name in the own account, {@code ACCOUNT/NAME} in another one, or a
 * queue's URL. Each form still names a queue with {@link QueueSetup#DEAD_LETTER_SUFFIX} behind it,
 * the dead-letter queue.
 *
 * @param name the queue's own name
 * @param account 12 digits; null for the own account, and if there is a URL
 * @param url null if it has to be looked up
 */
public record QueueName(String name, @Nullable String account, @Nullable String url) {
  /** What a setting may hold; the name leaves room for the dead-letter queue's. */
  public static final String PATTERN =
      "([0-9]{12}/|https?://[A-Za-z0-9._:\\[\\]-]+/([A-Za-z0-9._-]+/)*)?[A-Za-z0-9_-]{1,76}";

  private static final Pattern PARTS =
      Pattern.compile("(?:([0-9]{12})/|(https?://.+/))?([A-Za-z0-9_-]{1,80})");

  /** The setting of both tiers. */
  public static Setting<String> setting(String name, String fallback) {
    return Setting.text(
        name,
        fallback,
        PATTERN,
        "1 to 76 of A-Z a-z 0-9 _ -, behind ACCOUNT/ for another account's, or a queue's URL",
        "The SQS queue");
  }

  /**
   * Reads any of the three forms.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public static QueueName parse(String text) {
    Matcher parts = PARTS.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "the queue must be NAME, ACCOUNT/NAME or a queue's URL: " + text);
    }
    String url = parts.group(2) == null ? null : URI.create(text).toString();
    return new QueueName(parts.group(3), parts.group(1), url);
  }

  /** Whether it is a name in the own account, in which alone queues can be created. */
  boolean isOwn() {
    return account == null && url == null;
  }
}
