package io.millrace.toolbox.audit.say;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Sentences of a verdict in the making; leaves out what there is nothing to say of. */
final class Sentences {
  private final List<String> list = new ArrayList<>();

  void say(String sentence) {
    list.add(sentence);
  }

  /** Says how many there are; nothing if there are none. */
  void count(long count, String one, String more) {
    if (count > 0) {
      list.add(String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : more));
    }
  }

  /** Says why something failed; nothing if there is no reason. */
  void failure(String what, @Nullable String reason) {
    if (reason != null) {
      list.add(what + reason);
    }
  }

  /** What was said. */
  List<String> list() {
    return list;
  }
}
