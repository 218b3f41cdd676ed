package io.millrace.web.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class NumberRangesTest {
  @Test
  void removeFirst_numbersAddedInAnyOrder_givesThemRising() {
    List<Long> numbers = new ArrayList<>(LongStream.rangeClosed(1, 50).boxed().toList());
    for (int seed = 0; seed < 200; seed++) {
      Collections.shuffle(numbers, new Random(seed));
      NumberRanges ranges = new NumberRanges();
      numbers.forEach(ranges::add);

      for (long expected = 1; expected <= 50; expected++) {
        assertThat(ranges.first()).isEqualTo(expected);
        assertThat(ranges.removeFirst()).isEqualTo(expected);
      }
      assertThat(ranges.isEmpty()).isTrue();
    }
  }

  @Test
  void addAndRemoveFirst_mixed_isAsASortedSet() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      TreeSet<Long> model = new TreeSet<>();
      NumberRanges ranges = new NumberRanges();
      for (int step = 0; step < 200; step++) {
        long number = 1L + random.nextInt(60);
        if (random.nextInt(3) > 0 && model.add(number)) {
          ranges.add(number);
        } else if (!model.isEmpty()) {
          assertThat(ranges.removeFirst()).isEqualTo(model.pollFirst());
        }
        assertThat(ranges.isEmpty()).isEqualTo(model.isEmpty());
      }
    }
  }
}
