package run;

import load.Client;
import load.ClosedLoop;
import load.Load;
import load.Request;
import load.Target;

/**
 * The most creations a second that the platform answers when clients wait for their answers.
 *
 * @param client share of all cores that the client had meanwhile
 */
public record Peak(double perSecond, int connections, double client) {

  /** Tries 16, 64 and 256 connections, after a warm-up with the first. */
  public static Peak of(Target target, double warmUp, double seconds) {
    creations(target, 16, warmUp);
    var best = new Peak(0, 0, 0);
    for (int connections : new int[] {16, 64, 256}) {
      var tried = Client.of(() -> creations(target, connections, seconds));
      var rate = tried.load().goodPerSecond();
      Progress.say("closed loop, %d connections: %,.0f creations/s", connections, rate);
      best = rate > best.perSecond ? new Peak(rate, connections, tried.share()) : best;
    }
    if (best.perSecond == 0) {
      throw new IllegalStateException("nothing is created");
    }
    return best;
  }

  private static Load creations(Target target, int connections, double seconds) {
    return new ClosedLoop(target, connections, seconds)
        .drive(Request.post(target, "/api/instances", "{}"));
  }
}
