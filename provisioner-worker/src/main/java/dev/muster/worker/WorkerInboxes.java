package dev.muster.worker;

import dev.muster.worker.inbox.RegionInbox;
import java.util.List;

/** The inboxes of a worker, one for each of its regions. */
record WorkerInboxes(List<RegionInbox> all) {

  WorkerInboxes {
    all = List.copyOf(all);
  }
}
