package io.millrace.toolbox.audit.look;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.hostile.CollidingNames;
import io.millrace.model.BatchId;
import io.millrace.toolbox.audit.SampleBatch;
import io.millrace.toolbox.audit.judge.StoredLine;
import java.io.IOException;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LineCheckTest {
  private static final int HOSTILE_LINES = 20;
  private static final int NAMES = 700;

  private final BatchId batch = new BatchId(SampleBatch.WRITER, 1);
  private final LineCheck check = new LineCheck(batch.toString());

  @Test
  void check_linesWithNamesThatCollide_areGoodAndSpoilNoOther() throws IOException {
    for (String target : new String[] {"event", "version", "token"}) {
      CollidingNames names = CollidingNames.with(target, new Random(5));
      for (int i = 0; i < HOSTILE_LINES; i++) {
        check(
            Stream.generate(names::next)
                .limit(NAMES)
                .map(name -> '"' + name + "\":1")
                .collect(joining(",", "{", "}")));
      }
      check("{\"" + target + "\":1}");
    }

    assertThat(check.count()).isEqualTo(3 * (HOSTILE_LINES + 1));
  }

  private void check(String payload) throws IOException {
    int number = check.count();
    byte[] line =
        SampleBatch.line(batch, number)
            .replace(SampleBatch.payload(number), payload)
            .getBytes(UTF_8);
    check.check(new StoredLine(line, 0, line.length));
  }
}
