package io.millrace.toolbox.post;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What the senders share: it cuts the inputs into collections and says when each is due. A sender
 * asks for its next one while the one before is not yet due, so nothing is read further ahead than
 * one collection per connection. Thread-safe; only the cutting is done under the lock.
 */
final class CollectionSource {
  private final ReentrantLock lock = new ReentrantLock();
  private final InputFiles files;
  private final int payloads;
  private final Pace pace;
  private @Nullable LineReader reader;
  private final AtomicLong handedOut = new AtomicLong();
  private boolean ended;

  /**
   * Reads nothing yet.
   *
   * @param payloads payloads of a collection; the last of a file may have fewer
   */
  CollectionSource(InputFiles files, int payloads, Pace pace) {
    this.files = files;
    this.payloads = payloads;
    this.pace = pace;
  }

  /**
   * Fills the buffer with the next collection; its lines are not yet checked.
   *
   * @return false if there is none left, or the source was ended
   * @throws IOException if an input can't be read; the source is then at its end
   */
  boolean next(CollectionBuffer target) throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      return !ended && cut(target);
    } catch (IOException unreadable) {
      ended = true;
      throw unreadable;
    } finally {
      lock.unlock();
    }
  }

  /** Lets those behind the first collection go; to be called when it has its answer. */
  void firstAnswered() {
    pace.begin();
  }

  /** How many collections were handed out; never waits for an input. */
  long handedOut() {
    return handedOut.get();
  }

  private boolean cut(CollectionBuffer target) throws IOException, InterruptedException {
    target.clear();
    while (target.payloads() == 0) {
      if (reader == null) {
        reader = files.open();
      }
      if (reader == null) {
        ended = true;
        return false;
      }
      String file = reader.file();
      fill(target, reader);
      boolean unchecked = files.isFirstPass();
      if (target.payloads() > 0) {
        long number = handedOut.get();
        long due = pace.due(number);
        handedOut.incrementAndGet();
        target.finish(new CollectionBuffer.Origin(file, number, due, unchecked));
      }
    }
    return true;
  }

  private void fill(CollectionBuffer target, LineReader from) throws IOException {
    while (target.payloads() < payloads) {
      if (!from.next(target)) {
        reader = null;
        return;
      }
    }
  }
}
