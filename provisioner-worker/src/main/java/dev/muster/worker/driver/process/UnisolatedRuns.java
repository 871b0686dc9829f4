package dev.muster.worker.driver.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The runs that were started when their host had less isolation than it has now. */
final class UnisolatedRuns {

  private final HostFolder folder;
  private final InstanceUsers users;

  /** Those that are started from now on are isolated, so it stays true. */
  private volatile boolean allEnded;

  UnisolatedRuns(HostFolder folder, InstanceUsers users) {
    this.folder = folder;
    this.users = users;
  }

  /** The instances of those that run. */
  List<String> running() throws IOException {
    var found = new ArrayList<String>();
    if (!allEnded) {
      for (var instance : folder.all()) {
        if (instance.run() instanceof ProcessRun run && isUnisolated(instance.instanceId(), run)) {
          found.add(instance.instanceId());
        }
      }
      allEnded = found.isEmpty();
    }
    return found.stream().sorted().toList();
  }

  private boolean isUnisolated(String instanceId, ProcessRun run) throws IOException {
    var place = folder.run(instanceId, run);
    return !users.isolates(instanceId, place) && RunStatus.of(place) instanceof RunStatus.Alive;
  }
}
