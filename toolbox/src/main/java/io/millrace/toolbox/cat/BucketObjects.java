package io.millrace.toolbox.cat;

import io.millrace.model.ObjectKeys;
import io.millrace.object.ObjectInfo;
import io.millrace.object.ObjectStore;
import io.millrace.toolbox.hours.HourRange;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The data objects of a bucket. Holds one page of keys at a time.
 *
 * @param store closed with this
 * @param keys the keys' form
 */
record BucketObjects(ObjectStore store, ObjectKeys keys) implements ObjectSource {

  @Override
  public void visit(HourRange hours, Visitor visitor) throws IOException {
    String after = hours.from() == null ? null : keys.prefix() + hours.firstPath();
    while (true) {
      List<ObjectInfo> page = store.list(keys.prefix() + "dt=", after);
      if (page.isEmpty() || !visitPage(page, hours, visitor)) {
        return;
      }
      after = page.get(page.size() - 1).key();
    }
  }

  private boolean visitPage(List<ObjectInfo> page, HourRange hours, Visitor visitor)
      throws IOException {
    for (ObjectInfo object : page) {
      @Nullable String hour = hourPath(object.key());
      if (hour != null && !hours.beginsInTime(hour)) {
        return false;
      }
      if (hour != null && hours.contains(hour)) {
        visitor.found(object.key());
      }
    }
    return true;
  }

  private @Nullable String hourPath(String key) {
    return keys.isData(key) ? key.substring(keys.prefix().length(), key.lastIndexOf('/')) : null;
  }

  @Override
  public InputStream open(String key) {
    return store.get(key);
  }

  @Override
  public void close() {
    store.close();
  }
}
