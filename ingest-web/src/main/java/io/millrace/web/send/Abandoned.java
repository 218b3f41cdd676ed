package io.millrace.web.send;

import io.millrace.codec.MessageCodec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Numbers of batches whose collections were answered with an error and that no header has named
 * yet. Identity: numbers added = numbers named by sent batches + numbers inside or in a try under
 * way.
 *
 * <p>Thread-safe.
 */
final class Abandoned {
  private final TreeSet<Long> numbers = new TreeSet<>();

  /** Notes numbers for the next header; those of a header that was not sent come back here too. */
  synchronized void add(Collection<Long> more) {
    numbers.addAll(more);
  }

  /** Takes the numbers for one header, the lowest first. */
  synchronized List<Long> take() {
    List<Long> taken = new ArrayList<>();
    while (!numbers.isEmpty() && taken.size() < MessageCodec.MAX_ABANDONED) {
      taken.add(numbers.pollFirst());
    }
    return taken;
  }
}
