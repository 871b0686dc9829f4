package engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import load.Percentile;

/** What so many clients get when each appends one event after the other. */
record Appends(double perSecond, double median, double worst) {

  /** Appends one event of an aggregate of its own, and returns when it is durable. */
  interface Append {
    void one();
  }

  static Appends of(int clients, double seconds, Append append) throws Exception {
    long until = System.nanoTime() + (long) (seconds * 1e9);
    var taken = new ArrayList<Future<long[]>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < clients; i++) {
        taken.add(threads.submit((Callable<long[]>) () -> nanos(until, append)));
      }
    }
    var all = new ArrayList<long[]>();
    for (var one : taken) {
      all.add(one.get());
    }
    return of(all, seconds);
  }

  private static Appends of(List<long[]> clients, double seconds) {
    var sorted = clients.stream().flatMapToLong(LongStream::of).sorted().toArray();
    return new Appends(
        sorted.length / seconds,
        Percentile.of(sorted, 0.5) / 1e6,
        Percentile.of(sorted, 0.99) / 1e6);
  }

  private static long[] nanos(long until, Append append) {
    var nanos = LongStream.builder();
    for (long now = System.nanoTime(); now < until; ) {
      append.one();
      long then = System.nanoTime();
      nanos.add(then - now);
      now = then;
    }
    return nanos.build().toArray();
  }
}
