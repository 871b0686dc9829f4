package load;

import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Connections that each wait for an answer before the next call: as fast as the server lets them.
 *
 * @param most calls in all
 * @param each is told every answer, on the connection's own thread
 */
public record ClosedLoop(
    Target target, int connections, double seconds, long most, Consumer<Answer> each) {

  public ClosedLoop(Target target, int connections, double seconds) {
    this(target, connections, seconds, Long.MAX_VALUE, answer -> {});
  }

  public ClosedLoop most(long calls) {
    return new ClosedLoop(target, connections, seconds, calls, each);
  }

  public ClosedLoop telling(Consumer<Answer> listener) {
    return new ClosedLoop(target, connections, seconds, most, listener);
  }

  public Load drive(Request request) {
    return drive(connection -> new Request[] {request});
  }

  /** Each connection goes round in calls of its own. */
  public Load drive(IntFunction<Request[]> requests) {
    var samples = new ArrayList<Samples>();
    var given = new AtomicLong();
    long begun = System.nanoTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < connections; i++) {
        var own = new Samples();
        var calls = requests.apply(i);
        samples.add(own);
        threads.submit(() -> drive(begun, calls, given, own));
      }
    }
    long limit = (long) (seconds * 1e9);
    return new Load(Math.min(limit, System.nanoTime() - begun), 0, samples);
  }

  private void drive(long begun, Request[] calls, AtomicLong given, Samples samples) {
    long until = begun + (long) (seconds * 1e9);
    try (var connection = new Connection(target)) {
      int next = 0;
      long now = System.nanoTime();
      while (now < until && given.getAndIncrement() < most) {
        var answer = connection.ask(calls[next++ % calls.length]);
        long then = System.nanoTime();
        samples.add(now - begun, then - now, answer);
        each.accept(answer);
        now = then;
      }
    }
  }
}
