package io.millrace.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whatever clients and operators write, a folder stays in its place and a key is short enough. */
class FolderTemplateFuzzTest {
  private static final int ROUNDS = 20_000;
  private static final Hour HOUR = Hour.of(1_795_404_920_123L);
  private static final Pattern SAFE = Pattern.compile("(?![._])[A-Za-z0-9._%-]+");

  private static final String[] PIECES = {
    ".",
    "..",
    "/",
    "_",
    "%",
    "%2E",
    "\\",
    "a",
    "Z9",
    "-",
    "=",
    "\u00e4",
    "\u20ac",
    "\ud83d\ude00",
    "\ud800",
    "\0",
    " ",
    "\"",
    "_manifests",
    "~"
  };

  private static final String[] TEMPLATE_PIECES = {
    "{dt}", "{hour}", "{version}", "{token}", "/", "a", "=", ".", "_", "-", "{", "}", "{x}", "%"
  };

  @Test
  void folder_anyTwoTokens_areSafeShortReversibleAndApart() {
    Random random = new Random(20_261_123);
    FolderTemplate template = FolderTemplate.parse("{token}");
    Map<String, String> tokens = new HashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      String token = new String(value(random).getBytes(UTF_8), UTF_8);

      String folder = template.folder(HOUR, "1", token);

      assertThat(folder).as("round %d", round).matches(SAFE).hasSizeLessThanOrEqualTo(233);
      if (folder.length() <= 200) {
        assertThat(URLDecoder.decode(folder, UTF_8)).as("round %d", round).isEqualTo(token);
      }
      String other = tokens.put(folder, token);
      assertThat(other == null || other.equals(token)).as("round %d", round).isTrue();
    }
  }

  @Test
  void parse_anyTemplate_isRefusedOrKeepsEveryFolderInItsPlace() {
    Random random = new Random(20_261_124);
    int taken = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String text = join(random, TEMPLATE_PIECES, 8);
      FolderTemplate template;
      try {
        template = FolderTemplate.parse(text);
      } catch (IllegalArgumentException refused) {
        continue;
      }
      taken++;
      String folder = template.folder(HOUR, value(random), value(random));
      assertThat(folder).as(text).hasSizeLessThanOrEqualTo(FolderTemplate.MAX_BYTES);
      assertThat(folder.chars().filter(c -> c == '/').count())
          .as(text)
          .isEqualTo(text.chars().filter(c -> c == '/').count());
      for (String name : folder.split("/", -1)) {
        assertThat(name)
            .as(text)
            .matches("(?![._])[A-Za-z0-9._=%-]+")
            .hasSizeLessThanOrEqualTo(FolderTemplate.MAX_NAME_BYTES);
      }
    }
    assertThat(taken).isGreaterThan(1_000);
  }

  /** 1 to 256 characters. */
  private static String value(Random random) {
    String value = join(random, PIECES, random.nextInt(4) == 0 ? 250 : 5) + "x";
    int end = value.offsetByCodePoints(0, Math.min(256, value.codePointCount(0, value.length())));
    return value.substring(random.nextBoolean() || end == 1 ? 0 : end / 2, end);
  }

  private static String join(Random random, String[] pieces, int atMost) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(atMost + 1); i > 0; i--) {
      text.append(pieces[random.nextInt(pieces.length)]);
    }
    return text.toString();
  }
}
