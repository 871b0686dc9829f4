package dev.muster.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.events.instance.Ids;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InstanceSnapshotterTest {

  @Test
  void an_instance_that_found_no_room_is_folded_when_it_is_asked_for_again() throws Exception {
    try (var database = EventDatabase.open(Sample.newDatabase());
        var engine = new PostgreSqlEventStorageEngine(database)) {
      var id = Ids.newInstance();
      engine.appendEvents(Sample.history(id, 3));
      var release = new CountDownLatch(1);
      var worker = InstanceSnapshotter.worker(1);
      var snapshots = new Snapshots(database);
      try (var snapshotter =
          new InstanceSnapshotter(new RecordedEvents(database), snapshots, worker)) {
        worker.submit(() -> release.await(1, TimeUnit.HOURS));
        worker.execute(() -> {});
        snapshotter.scheduleSnapshot(Object.class, id);
        release.countDown();
        await().until(() -> worker.getQueue().isEmpty());
        assertThat(snapshots.find(id)).isEmpty();

        snapshotter.scheduleSnapshot(Object.class, id);

        await().until(() -> snapshots.find(id).isPresent());
      }
    }
  }
}
