package io.millrace.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folder of an object that holds one payload: text with {@code {dt}}, {@code {hour}}, {@code
 * {version}} and {@code {token}} in it. What a client sends stays within its place in the template:
 *
 * <ul>
 *   <li>any character but letters, digits, {@code .}, {@code _} and {@code -} is percent-encoded
 *       (UTF-8, upper-case hex), and so is each {@code .} and {@code _} that a value begins with:
 *       no folder is {@code .} or {@code ..}, or one that readers pass over as they do ours;
 *   <li>a value that then takes more than {@value #MAX_PLAIN} bytes is cut behind the last whole
 *       character within them, and ends in a dash and the first {@value #HASH_DIGITS} hex digits of
 *       the SHA-256 of its UTF-8 bytes. It is still longer than any value that was not cut, so the
 *       two are never the same.
 * </ul>
 *
 * <p>Immutable.
 */
public final class FolderTemplate {
  /** Bytes of the longest folder: S3's 1,024 for a key, less prefix (200), slash and id (57). */
  public static final int MAX_BYTES = 767;

  /** Bytes of the longest name between two slashes; more is no name to a file system. */
  public static final int MAX_NAME_BYTES = 255;

  /** Bytes of an encoded value that is written out. */
  private static final int MAX_PLAIN = 200;

  private static final int HASH_DIGITS = 32;

  /** Bytes that {@code {version}} or {@code {token}} can take. */
  private static final int MAX_VALUE = MAX_PLAIN + 1 + HASH_DIGITS;

  private static final String PLACEHOLDERS = "\\{(?:dt|hour|version|token)\\}";
  private static final String NAME =
      "(?:[A-Za-z0-9=-]|" + PLACEHOLDERS + ")(?:[A-Za-z0-9._=-]|" + PLACEHOLDERS + ")*";
  private static final Pattern FORM = Pattern.compile(NAME + "(?:/" + NAME + ")*");

  /** A placeholder, or the text up to the next. */
  private static final Pattern PART = Pattern.compile(PLACEHOLDERS + "|[^{]+");

  private final List<String> parts;

  private FolderTemplate(List<String> parts) {
    this.parts = parts;
  }

  /**
   * Reads a template: names of letters, digits, {@code . _ = -} and placeholders, with slashes
   * between them; none begins with a dot or an underscore, or has two dots in a row.
   *
   * @throws IllegalArgumentException if it has another form, or could make a folder of more than
   *     {@value #MAX_BYTES} bytes or a name of more than {@value #MAX_NAME_BYTES}
   */
  public static FolderTemplate parse(String text) {
    if (text.length() > MAX_BYTES || !FORM.matcher(text).matches() || text.contains("..")) {
      throw new IllegalArgumentException("not a folder template: '" + text + "'");
    }
    for (String name : text.split("/", -1)) {
      requireAtMost(MAX_NAME_BYTES, "'" + name + "'", longest(name));
    }
    requireAtMost(MAX_BYTES, "'" + text + "'", longest(text));
    return new FolderTemplate(parts(text));
  }

  /**
   * The folder of a payload, without a slash at its end.
   *
   * @param hour of its batch
   * @param version of its line, not empty
   * @param token of its line, not empty
   */
  public String folder(Hour hour, String version, String token) {
    StringBuilder folder = new StringBuilder();
    for (String part : parts) {
      folder.append(
          switch (part) {
            case "{dt}" -> hour.date();
            case "{hour}" -> hour.ofDay();
            case "{version}" -> encoded(version);
            case "{token}" -> encoded(token);
            default -> part;
          });
    }
    return folder.toString();
  }

  /** As {@link #parse} takes it. */
  @Override
  public String toString() {
    return String.join("", parts);
  }

  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    Matcher matcher = PART.matcher(text);
    while (matcher.find()) {
      parts.add(matcher.group());
    }
    return List.copyOf(parts);
  }

  private static int longest(String text) {
    return parts(text).stream().mapToInt(FolderTemplate::longestPart).sum();
  }

  private static int longestPart(String part) {
    return switch (part) {
      case "{dt}" -> "2026-11-23".length();
      case "{hour}" -> "03".length();
      case "{version}", "{token}" -> MAX_VALUE;
      default -> part.length();
    };
  }

  private static void requireAtMost(int limit, String what, int bytes) {
    if (bytes > limit) {
      throw new IllegalArgumentException(
          what + " can take " + bytes + " bytes, more than " + limit);
    }
  }

  private static String encoded(String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a version or token is empty");
    }
    byte[] bytes = value.getBytes(UTF_8);
    StringBuilder encoded = new StringBuilder();
    int whole = 0;
    boolean leading = true;
    for (byte each : bytes) {
      boolean dot = each == '.' || each == '_';
      leading &= dot;
      if (beginsCharacter(each) && encoded.length() <= MAX_PLAIN) {
        whole = encoded.length();
      }
      if (isPlain(each) || (dot && !leading)) {
        encoded.append((char) each);
      } else {
        encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(each));
      }
    }
    return encoded.length() <= MAX_PLAIN
        ? encoded.toString()
        : encoded.substring(0, whole) + "-" + hash(bytes);
  }

  private static boolean beginsCharacter(byte utf8) {
    return (utf8 & 0xc0) != 0x80;
  }

  private static boolean isPlain(byte each) {
    return (each >= 'a' && each <= 'z')
        || (each >= 'A' && each <= 'Z')
        || (each >= '0' && each <= '9')
        || each == '-';
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(hash).substring(0, HASH_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
