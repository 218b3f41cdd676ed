package io.millrace.object;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PutHeadersTest {
  @Test
  void of_eachEncryption_isItsHeaders() {
    assertThat(PutHeaders.of("none", "none")).isEqualTo(PutHeaders.NONE);
    assertThat(PutHeaders.of("private", "AES256"))
        .isEqualTo(new PutHeaders("private", "AES256", null));
    assertThat(PutHeaders.of("none", "aws:kms")).isEqualTo(new PutHeaders(null, "aws:kms", null));
    String key = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    assertThat(PutHeaders.of("none", "aws:kms:" + key))
        .isEqualTo(new PutHeaders(null, "aws:kms", key));
    assertThat("aws:kms:" + key).matches(PutHeaders.ENCRYPTION_PATTERN);
    assertThat("aws:kms:").doesNotMatch(PutHeaders.ENCRYPTION_PATTERN);
    assertThat("aes256").doesNotMatch(PutHeaders.ENCRYPTION_PATTERN);
  }
}
