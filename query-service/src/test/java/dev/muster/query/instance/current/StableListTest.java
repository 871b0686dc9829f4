package dev.muster.query.instance.current;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.events.instance.InstanceSpec;
import dev.muster.query.QuerySide;
import dev.muster.query.Story;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pages of a list that does not stand still. */
class StableListTest {

  @RegisterExtension static final QuerySide SIDE = new QuerySide("stable_list", 1);

  private static final Pattern NEXT = Pattern.compile("<(.+)>; rel=\"next\"");
  private static final String REGION = "stable-1";
  private static final int INSTANCES = 500;

  @Test
  void each_instance_that_is_there_throughout_is_listed_once_newest_first() throws Exception {
    var stays = new ArrayList<Story>();
    var goes = new ArrayList<Story>();
    for (int i = 0; i < INSTANCES; i++) {
      (i % 10 == 0 ? goes : stays).add(story("i-" + i));
    }
    SIDE.topic().tell(stays.toArray(Story[]::new));
    SIDE.topic().tell(goes.toArray(Story[]::new));
    SIDE.service().awaitAll(stays.getLast(), goes.getLast());
    SIDE.service().awaitAll(stays.toArray(Story[]::new));

    var listed = new ArrayList<String>();
    var changed = new AtomicBoolean();
    var pages = new Pages("/api/instances?limit=37&region=" + REGION);
    while (pages.hasNext()) {
      listed.addAll(pages.next());
      changed.set(change(stays, goes, listed.size()) || changed.get());
    }

    var throughout = stays.stream().map(Story::id).toList();
    assertThat(changed).isTrue();
    assertThat(listed).doesNotHaveDuplicates().isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(listed).containsAll(throughout);
    var gone = goes.stream().map(Story::id).toList();
    var known = new HashSet<>(throughout);
    known.addAll(gone);
    assertThat(listed).allMatch(known::contains);
  }

  /**
   * Between two pages: one is new, one of those that go is gone, one of those that stay changes.
   */
  private static boolean change(List<Story> stays, List<Story> goes, int number) {
    var fresh = story("new-" + number);
    var gone = goes.get(number % goes.size());
    var paused = stays.get(number % stays.size());
    var wasRunning = gone.state().status().toString().equals("running");
    if (wasRunning) {
      gone.deletionRequested().terminated();
    }
    if (paused.state().status().toString().equals("running")) {
      paused.pauseRequested().paused();
    }
    SIDE.topic().tell(fresh, gone, paused);
    SIDE.service().awaitAll(fresh, gone, paused);
    return wasRunning;
  }

  private static Story story(String name) {
    return Story.of(InstanceSpec.bot(name, REGION)).started();
  }

  private static final class Pages {

    private @Nullable String next;

    Pages(String first) {
      next = first;
    }

    boolean hasNext() {
      return next != null;
    }

    List<String> next() {
      var answer = SIDE.service().get(String.valueOf(next));
      var link = NEXT.matcher(answer.headers().firstValue("Link").orElse(""));
      next = link.matches() ? link.group(1) : null;
      return SIDE.service().idsIn(answer.body());
    }
  }
}
