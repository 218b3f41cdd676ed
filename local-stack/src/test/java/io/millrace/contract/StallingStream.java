package io.millrace.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/** Zeros that stop in the middle until they are told to go on. */
final class StallingStream extends InputStream {
  private final int length;
  private final CountDownLatch half;
  private final CountDownLatch goOn;
  private int sent;

  /**
   * @param half counted down when half of the bytes were read
   * @param goOn awaited then
   */
  StallingStream(int length, CountDownLatch half, CountDownLatch goOn) {
    this.length = length;
    this.half = half;
    this.goOn = goOn;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0];
  }

  @Override
  public int read(byte[] into, int offset, int most) throws IOException {
    if (sent == length) {
      return -1;
    }
    if (sent == length / 2) {
      half.countDown();
      await();
    }
    int count = Math.min(most, sent < length / 2 ? length / 2 - sent : length - sent);
    Arrays.fill(into, offset, offset + count, (byte) 0);
    sent += count;
    return count;
  }

  private void await() throws IOException {
    try {
      goOn.await();
    } catch (InterruptedException e) {
      throw new InterruptedIOException("stopped while stalling");
    }
  }
}
