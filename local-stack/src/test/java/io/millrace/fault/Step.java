package io.millrace.fault;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Something done to a rig: a fault that begins or ends, or a look at it. */
interface Step {
  /** Does it; by chance only by this random, which a seed repeats. */
  void run(Rig rig, Random random) throws Exception;

  /** Lets time pass: how long a fault lasts is a part of the case, nothing is waited for. */
  static void last(Duration time) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(time.toNanos());
  }
}
