package io.millrace.benchmark.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestsTest {
  @Test
  void inTurn_differentCounts_beginsTheShorterAnew() {
    Requests turns = Requests.inTurn(List.of(of("a", "bb", "ccc"), of("1"), of("x", "y")));

    assertThat(texts(turns)).containsExactly("a", "1", "x", "bb", "1", "y", "ccc", "1", "x");
  }

  private static Requests of(String... texts) {
    return Requests.of(Arrays.stream(texts).map(text -> text.getBytes(US_ASCII)).toList());
  }

  private static List<String> texts(Requests requests) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < requests.count(); i++) {
      ByteBuffer view = requests.view();
      view.limit(requests.end(i)).position(requests.start(i));
      texts.add(US_ASCII.decode(view).toString());
    }
    return texts;
  }
}
