package dev.muster.query.projection;

import dev.muster.events.instance.FailureCode;
import dev.muster.events.instance.Lifecycle;
import dev.muster.events.instance.OperationKind;
import dev.muster.query.Story;
import java.util.List;
import java.util.Random;

/** A history that could have been: only what the lifecycle allows, in any order. */
final class RandomLife {

  private RandomLife() {}

  static Story of(String name, Random random) {
    var story = Story.named(name);
    var steps = random.nextInt(30);
    for (int i = 0; i < steps && !story.state().deleted(); i++) {
      step(story, random);
    }
    return story;
  }

  private static void step(Story story, Random random) {
    var inFlight = story.state().inFlight();
    if (inFlight != null) {
      settle(story, inFlight.kind(), random);
      return;
    }
    if (random.nextInt(5) == 0) {
      story.ignored("op_stray");
      return;
    }
    if (story.state().run() != null && random.nextInt(8) == 0) {
      story.completed();
      return;
    }
    var allowed = List.copyOf(Lifecycle.allowed(story.state().stage()));
    ask(story, allowed.get(random.nextInt(allowed.size())));
  }

  private static void settle(Story story, OperationKind kind, Random random) {
    if (random.nextInt(4) == 0) {
      var codes = FailureCode.values();
      story.failed(kind, codes[random.nextInt(codes.length)], "it did not work");
      return;
    }
    switch (kind) {
      case CREATE -> story.started();
      case PAUSE -> story.paused();
      case RESUME -> story.resumed();
      case RESTART -> story.restarted();
      case DELETE -> story.terminated();
    }
  }

  private static void ask(Story story, OperationKind kind) {
    switch (kind) {
      case CREATE -> throw new IllegalStateException("no status allows a second creation");
      case PAUSE -> story.pauseRequested();
      case RESUME -> story.resumeRequested();
      case RESTART -> story.restartRequested();
      case DELETE -> story.deletionRequested();
    }
  }
}
