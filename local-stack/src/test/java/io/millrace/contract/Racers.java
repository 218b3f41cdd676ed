package io.millrace.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Runs the same thing on many threads that start together. */
final class Racers {
  private Racers() {}

  /** Returns when all are done; throws if one did. */
  static void run(int racers, Runnable each) {
    call(
        racers,
        number -> {
          each.run();
          return number;
        });
  }

  /** What each racer returned; throws if one did. */
  static <T> List<T> call(int racers, IntFunction<T> each) {
    var start = new CyclicBarrier(racers);
    ExecutorService threads = Executors.newFixedThreadPool(racers);
    try {
      List<Callable<T>> calls =
          IntStream.range(0, racers)
              .<Callable<T>>mapToObj(
                  number ->
                      () -> {
                        start.await(10, TimeUnit.SECONDS);
                        return each.apply(number);
                      })
              .toList();
      List<T> results = new ArrayList<>();
      for (Future<T> result : threads.invokeAll(calls)) {
        results.add(result.get());
      }
      return results;
    } catch (Exception e) {
      throw new AssertionError("a racer failed", e);
    } finally {
      threads.shutdownNow();
    }
  }
}
