package io.millrace.toolbox.cat;

import io.millrace.toolbox.hours.HourRange;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** Where data objects lie. One thread's own. */
interface ObjectSource extends Closeable {

  /** Is told keys one by one. */
  @FunctionalInterface
  interface Visitor {
    /**
     * A data object of the range lies at the key.
     *
     * @throws IOException ends the visit and comes out of {@link #visit}
     */
    void found(String key) throws IOException;
  }

  /**
   * Tells the keys of the data objects in a range of hours, in ascending order.
   *
   * @throws IOException if keys can't be listed, or from the visitor
   */
  void visit(HourRange hours, Visitor visitor) throws IOException;

  /**
   * Opens an object; the caller closes the stream.
   *
   * @throws IOException if it can't be read
   */
  InputStream open(String key) throws IOException;
}
