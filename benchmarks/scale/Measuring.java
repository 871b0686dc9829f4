package scale;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import load.Client;
import load.ClosedLoop;
import load.Load;
import load.Request;
import platform.Floor;
import platform.Standalone;
import run.Progress;

/** One platform that gets more and more instances. */
final class Measuring {

  private static final int CONNECTIONS = 16;

  /** Simulated hosts have what runs on them in the platform's own heap, until a restart. */
  private static final long AT_ONCE = 250_000;

  private final Standalone platform;
  private final Plan plan;
  private final SomeIds ids = new SomeIds();
  private long instances;

  Measuring(Standalone platform, Plan plan) {
    this.platform = platform;
    this.plan = plan;
  }

  Size at(long size) throws Exception {
    fill(size);
    double restart = Double.NaN;
    if (plan.restarts()) {
      restart = platform.restart();
      Progress.say("restarted with %,d instances: ready after %.1f s", instances, restart);
    }
    warmUp();
    var rounds = new ArrayList<Round>();
    long first;
    try (var floor = platform.floor()) {
      round(floor); // the first is for the compilers
      first = instances;
      for (int i = 0; i < plan.rounds(); i++) {
        rounds.add(round(floor));
      }
    }
    return new Size(
        first,
        instances,
        rounds,
        platform.heapMib(),
        platform.residentMib(),
        platform.postgresqlMib(),
        restart);
  }

  private void fill(long size) throws Exception {
    while (instances < size) {
      fillFurther(Math.min(size, instances + AT_ONCE));
      if (instances < size) {
        platform.restart();
      }
    }
  }

  private void fillFurther(long size) throws Exception {
    long begun = System.nanoTime();
    long expected = platform.outcomes() + Math.max(0, size - instances);
    while (instances < size) {
      long before = instances;
      var load = create(5, size - instances);
      if (instances == before) {
        throw new IllegalStateException("nothing is created: answers were " + load.byStatus());
      }
      Progress.say("%,d of %,d instances, %,.0f/s", instances, size, load.goodPerSecond());
    }
    platform.settle(expected);
    double seconds = (System.nanoTime() - begun) / 1e9;
    Progress.say("filled to %,d in %.0f s; the read side has all", instances, seconds);
  }

  private Load create(double seconds, long most) {
    var load =
        new ClosedLoop(platform.target(), CONNECTIONS, seconds, most, ids::tell)
            .drive(Request.post(platform.target(), "/api/instances", "{}"));
    instances += load.good();
    return load;
  }

  /** Commands that make no instances: the code gets warm, and the size stays. */
  private void warmUp() throws Exception {
    var own = ids.all();
    var load =
        new ClosedLoop(platform.target(), CONNECTIONS, plan.warmUp())
            .drive(i -> new Request[] {post(own.get(i), "pause"), post(own.get(i), "resume")});
    gets(plan.warmUp() / 4);
    Progress.say("warmed up: %,.0f commands/s, answers %s", load.goodPerSecond(), load.byStatus());
  }

  private Request post(String id, String command) {
    return Request.post(platform.target(), "/api/instances/" + id + "/" + command, "");
  }

  private Round round(Floor floor) throws Exception {
    double rows = floor.perSecond(plan.seconds());
    long outcomes = platform.outcomes();
    double cpu = platform.cpuMillis();
    var created = Client.of(() -> create(plan.seconds(), most()));
    platform.settle(outcomes + created.load().good());
    double used = platform.cpuMillis() - cpu;
    var healthz = Client.of(() -> healthz(plan.seconds()));
    var one = gets(plan.seconds());
    var millis = created.load().millis(0.5, 0.99);
    var round =
        new Round(
            rows,
            created.load().goodPerSecond(),
            used / created.load().good(),
            millis[0],
            millis[1],
            healthz.load().goodPerSecond(),
            one.goodPerSecond(),
            page(),
            created.share(),
            healthz.share());
    Progress.say(
        "%,d instances: floor %,.0f/s, %,.0f creations/s, /healthz %,.0f/s, GET one %,.0f/s",
        instances, rows, round.creations(), round.healthz(), round.one());
    return round;
  }

  // A size stays near what it is called.
  private long most() {
    return Math.max(500, instances / 5);
  }

  private Load healthz(double seconds) {
    var request = Request.get(platform.target(), "/healthz");
    return new ClosedLoop(platform.target(), CONNECTIONS, seconds).drive(request);
  }

  private Load gets(double seconds) {
    var requests =
        ids.all().stream()
            .map(id -> Request.get(platform.target(), "/api/instances/" + id))
            .toList();
    return new ClosedLoop(platform.target(), CONNECTIONS, seconds)
        .drive(connection -> shuffled(requests));
  }

  private static Request[] shuffled(List<Request> requests) {
    return IntStream.range(0, requests.size())
        .map(i -> ThreadLocalRandom.current().nextInt(requests.size()))
        .mapToObj(requests::get)
        .toArray(Request[]::new);
  }

  private double page() {
    var request = Request.get(platform.target(), "/api/instances?limit=50");
    return new ClosedLoop(platform.target(), 1, plan.seconds())
        .most(40)
        .drive(request)
        .millis(0.5)[0];
  }
}
