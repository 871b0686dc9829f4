package dev.muster.worker.ssh;

import dev.muster.ops.log.LogThrottle;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds the connections. Strangers have places of their own, so that they take none of those who
 * have logged in; when these are full, the oldest stranger has to go, so that nobody is locked out.
 */
final class Connections implements SessionListener {

  static final int UNAUTHENTICATED = 128;
  static final int UNAUTHENTICATED_PER_ADDRESS = 32;

  private static final Logger log = LoggerFactory.getLogger(Connections.class);

  private final Set<Session> unauthenticated = new LinkedHashSet<>();
  private final Set<Session> authenticated = new HashSet<>();
  private final int atMost;
  private final ShellCounter counter;
  private final LogThrottle lines = new LogThrottle(Duration.ofSeconds(1));

  /**
   * @param atMost connections that have logged in
   */
  Connections(int atMost, ShellCounter counter) {
    this.atMost = atMost;
    this.counter = counter;
  }

  @Override
  public void sessionCreated(Session session) {
    takePlace(session).forEach(this::drop);
  }

  private synchronized List<Session> takePlace(Session session) {
    var dropped = new ArrayList<Session>();
    var neighbours =
        unauthenticated.stream()
            .filter(other -> Objects.equals(addressOf(other), addressOf(session)))
            .toList();
    if (neighbours.size() >= UNAUTHENTICATED_PER_ADDRESS) {
      dropped.add(neighbours.getFirst());
    } else if (unauthenticated.size() >= UNAUTHENTICATED) {
      dropped.add(unauthenticated.iterator().next());
    }
    dropped.forEach(unauthenticated::remove);
    unauthenticated.add(session);
    return dropped;
  }

  private void drop(Session session) {
    counter.dropped();
    lines.write(
        suppressed ->
            log.warn(
                "shell_connection_dropped address={} reason=\"too many have not logged in\""
                    + " suppressed={}",
                addressOf(session),
                suppressed));
    session.close(true);
  }

  /** Whether there is a place for one more that has logged in; it is taken then. */
  synchronized boolean admit(Session session) {
    // One that was dropped or has left is no longer among them.
    return authenticated.size() < atMost
        && unauthenticated.remove(session)
        && authenticated.add(session);
  }

  @Override
  public synchronized void sessionClosed(Session session) {
    unauthenticated.remove(session);
    authenticated.remove(session);
  }

  private static @Nullable Object addressOf(Session session) {
    var remote = session.getIoSession().getRemoteAddress();
    return remote instanceof InetSocketAddress inet ? inet.getAddress() : remote;
  }
}
