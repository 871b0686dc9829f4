package load;

import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Calls at a constant rate, whatever the server does. What a call took is counted from when it was
 * due, so that a slow answer also counts for those that had to wait behind it.
 *
 * @param perSecond how many calls are due in a second
 * @param connections how many calls may be without an answer at once
 * @param each is told every answer, on the connection's own thread
 */
public record OpenLoop(
    Target target, double perSecond, int connections, double seconds, Consumer<Answer> each) {

  public OpenLoop(Target target, double perSecond, int connections, double seconds) {
    this(target, perSecond, connections, seconds, answer -> {});
  }

  public OpenLoop telling(Consumer<Answer> listener) {
    return new OpenLoop(target, perSecond, connections, seconds, listener);
  }

  public Load drive(Request request) {
    var samples = new ArrayList<Samples>();
    var next = new AtomicLong();
    long begun = System.nanoTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < connections; i++) {
        var own = new Samples();
        samples.add(own);
        threads.submit(() -> drive(begun, request, next, own));
      }
    }
    long due = (long) (perSecond * seconds);
    long sent = samples.stream().mapToLong(Samples::count).sum();
    return new Load((long) (seconds * 1e9), Math.max(0, due - sent), samples);
  }

  private void drive(long begun, Request request, AtomicLong next, Samples samples) {
    long until = begun + (long) (seconds * 1e9);
    try (var connection = new Connection(target)) {
      while (true) {
        long due = begun + (long) (next.getAndIncrement() * 1e9 / perSecond);
        if (due >= until || System.nanoTime() >= until) {
          return;
        }
        await(due);
        var answer = connection.ask(request);
        samples.add(due - begun, System.nanoTime() - due, answer);
        each.accept(answer);
      }
    }
  }

  private static void await(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
