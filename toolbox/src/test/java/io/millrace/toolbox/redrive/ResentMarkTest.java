package io.millrace.toolbox.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codec.MessageCodec;
import io.millrace.codec.MessageCodec.Decoded;
import io.millrace.toolbox.letters.SampleBodies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResentMarkTest {
  private static final String BODY = SampleBodies.of(118);
  private static final String FALSE = "\"resent\":false";
  private static final String TRUE = "\"resent\":true";

  @Test
  void put_firstTry_flipsThatFlagAndNoOtherByte() {
    assertThat(BODY).containsOnlyOnce(FALSE);
    assertThat(ResentMark.put(BODY)).isEqualTo(BODY.replace(FALSE, TRUE));
  }

  @Test
  void put_furtherTry_changesNothing() {
    String resent = BODY.replace(FALSE, TRUE);
    assertThat(ResentMark.put(resent)).isEqualTo(resent);
  }

  @Test
  void put_fieldsOfALaterVersion_areKept() {
    String later =
        BODY.replaceFirst("\\{", "{ \"x\":{\"resent\":false,\"y\":[1.50]}, \"ü\":\"a\\\\n\" ,");
    assertThat(ResentMark.put(later))
        .isEqualTo(later.replace(FALSE + ",\"ended", TRUE + ",\"ended"));
  }

  @Test
  void put_flagTwice_setsBoth() throws Exception {
    String twice = BODY.replace(FALSE, FALSE + "," + FALSE);
    assertThat(ResentMark.put(twice)).isEqualTo(twice.replace(FALSE, TRUE));
  }

  @Test
  void put_noFlag_addsItAtTheEnd() {
    assertThat(ResentMark.put("{\"v\":1}\nAAAA")).isEqualTo("{\"v\":1,\"resent\":true}\nAAAA");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"resent\":null,", "\"resent\":\"false\",", "\"resent\":0,"})
  void put_oddFlag_isTrueAfterwards(String flag) throws Exception {
    String odd = BODY.replace(FALSE + ",", flag);
    Decoded before = MessageCodec.decode(odd);
    assertThat(before.header().resent()).isFalse();

    Decoded after = MessageCodec.decode(ResentMark.put(odd));
    assertThat(after.header()).isEqualTo(before.header().asResent());
    assertThat(after.frame().bytes()).isEqualTo(before.frame().bytes());
  }
}
