package dev.muster.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.events.codec.EventCodec;
import dev.muster.events.envelope.EncodedEvent;
import dev.muster.events.instance.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

class GroupCommitTest {

  private static final int MEGABYTE = 1 << 20;

  /** A store that takes nothing until it is told to. */
  private static final class Stuck extends JdbcTemplate {

    private final CountDownLatch called = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @Override
    @SuppressWarnings("NullAway") // What the caller returns is null, too.
    public <T extends @Nullable Object> T execute(ConnectionCallback<T> action) {
      called.countDown();
      try {
        release.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return null;
    }
  }

  @Test
  void large_appends_are_refused_at_once_when_they_would_not_fit_into_memory() throws Exception {
    var store = new Stuck();
    var batches = new ArrayList<Integer>();
    var commit = new GroupCommit(new EventInsert(store), batches::add);
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = callers.submit(() -> commit.append(event(10)));
      store.called.await();

      var rest =
          IntStream.range(0, 40)
              .mapToObj(_ -> callers.submit(() -> commit.append(event(MEGABYTE))))
              .toList();

      await().until(() -> rest.stream().filter(Future::isDone).count() == 40 - 31);
      assertThatThrownBy(() -> commit.append(event(MEGABYTE)))
          .isInstanceOf(EventStoreUnavailableException.class)
          .hasMessage("too many appends wait for the event store");
      store.release.countDown();
      first.get();
      await().until(() -> rest.stream().allMatch(Future::isDone));
      assertThat(rest.stream().filter(append -> append.state() == Future.State.SUCCESS))
          .hasSize(31);
      assertThat(batches).hasSizeGreaterThan(1 + 31 / 5).allMatch(events -> events <= 4);
      commit.append(event(MEGABYTE));
    } finally {
      commit.close();
    }
  }

  private static List<NewEvent> event(int bytes) {
    var encoded = new EventCodec().encode(Sample.creation("inst_1"));
    return List.of(
        new NewEvent(
            Ids.newEvent(),
            Ids.newInstance(),
            1,
            Sample.AT,
            Sample.ORIGIN,
            new EncodedEvent(encoded.type(), encoded.revision(), new byte[bytes]),
            null));
  }
}
