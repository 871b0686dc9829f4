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

  private static final double MORE = 1.1;

  /** Tries 16 to 1,024 connections when the rate no longer grows with the platform's warmth. */
  public static Peak of(Target target, boolean quick) {
    warmUp(target, quick ? 3 : 5, quick ? 30 : 180);
    var best = new Peak(0, 0, 0);
    for (int connections : new int[] {16, 64, 256, 1_024}) {
      best = best.orBetter(measured(target, connections, quick ? 4 : 15));
    }
    if (best.perSecond == 0) {
      throw new IllegalStateException("nothing is created");
    }
    return best;
  }

  /** Measures once more with as many connections; the better of both counts. */
  public Peak again(Target target, boolean quick) {
    return orBetter(measured(target, connections, quick ? 4 : 15));
  }

  private Peak orBetter(Peak other) {
    return other.perSecond > perSecond ? other : this;
  }

  private static Peak measured(Target target, int connections, double seconds) {
    var tried = Client.of(() -> creations(target, connections, seconds));
    double rate = tried.load().goodPerSecond();
    Progress.say("closed loop, %d connections: %,.0f creations/s", connections, rate);
    return new Peak(rate, connections, tried.share());
  }

  /** Ends when two windows in a row were no better than the best before them. */
  private static void warmUp(Target target, double window, double most) {
    double best = 0;
    int same = 0;
    for (double spent = 0; spent < most && same < 2; spent += window) {
      double rate = creations(target, 16, window).goodPerSecond();
      same = rate > best * MORE ? 0 : same + 1;
      best = Math.max(best, rate);
      Progress.say("warming up: %,.0f creations/s", rate);
    }
  }

  private static Load creations(Target target, int connections, double seconds) {
    return new ClosedLoop(target, connections, seconds)
        .drive(Request.post(target, "/api/instances", "{}"));
  }
}
