package dev.muster.query;

import dev.muster.infrastructure.TestServers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Replicas of the service, ready, on the shared broker and a database of their own, for all tests
 * of a class; and the topics, to tell them what happens.
 */
public final class QuerySide implements BeforeAllCallback, AfterAllCallback {

  private final String database;
  private final int count;
  private @Nullable Running running;

  public QuerySide(String database, int replicas) {
    this.database = database;
    this.count = replicas;
  }

  private record Running(Topic topic, List<RunningQueryService> replicas) {}

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    var servers = TestServers.shared();
    var topic = Topic.at(servers.kafka());
    var replicas = new ArrayList<RunningQueryService>();
    for (int i = 0; i < count; i++) {
      replicas.add(RunningQueryService.start(servers.kafka(), servers.mongoUri(database)));
    }
    running = new Running(topic, List.copyOf(replicas));
    replicas.forEach(RunningQueryService::awaitReady);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    running().replicas().forEach(RunningQueryService::close);
    running().topic().close();
  }

  /** The only replica, or the first one. */
  public RunningQueryService service() {
    return running().replicas().getFirst();
  }

  /** Another one than {@link #service()}. */
  public RunningQueryService another() {
    return running().replicas().getLast();
  }

  public Topic topic() {
    return running().topic();
  }

  private Running running() {
    return Objects.requireNonNull(running, "it runs for the tests of a class");
  }
}
