package dev.muster.worker.driver.docker;

import dev.muster.worker.driver.HostFaultException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The instances of a host, and their records. A record is a container that never runs; its name
 * holds a {@link RecordState} and is changed by giving the old one, which fails when somebody else
 * was first.
 */
final class HostInstances {

  static final String RECORD_IMAGE = "muster/record";

  private static final int TRIES = 20;

  /** Two blocks of zeros are an archive without files. */
  private static final byte[] EMPTY_TAR = new byte[1024];

  /** Of this process; workers beside it are told by the names. */
  private static final List<ReentrantLock> LOCKS =
      IntStream.range(0, 64).mapToObj(_ -> new ReentrantLock()).toList();

  private final DockerEngine engine;
  private final String host;

  HostInstances(DockerEngine engine, String host) {
    this.engine = engine;
    this.host = host;
  }

  List<InstanceContainers> all() {
    var byInstance = new TreeMap<String, List<EngineContainer>>();
    for (var container : list(List.of(label(ContainerLabels.HOST, host)))) {
      byInstance.computeIfAbsent(container.instanceId(), _ -> new ArrayList<>()).add(container);
    }
    return byInstance.entrySet().stream()
        .map(each -> InstanceContainers.of(each.getKey(), prefix(each.getKey()), each.getValue()))
        .toList();
  }

  InstanceContainers one(String instanceId) {
    var labels =
        List.of(label(ContainerLabels.HOST, host), label(ContainerLabels.INSTANCE, instanceId));
    return InstanceContainers.of(instanceId, prefix(instanceId), list(labels));
  }

  private List<EngineContainer> list(List<String> labels) {
    var path = "/containers/json?all=true&filters=" + DockerEngine.labelled(labels);
    var found = new ArrayList<EngineContainer>();
    engine.get(path).forEach(listed -> found.add(EngineContainer.of(listed)));
    return found;
  }

  /** The state after the change, which may be asked for more than once. */
  RecordState update(String instanceId, UnaryOperator<RecordState> change) {
    return alone(instanceId, () -> changed(instanceId, change));
  }

  /** Nothing else that this process does so to that instance is under way meanwhile. */
  static <T> T alone(String instanceId, Supplier<T> action) {
    var lock = LOCKS.get(Math.floorMod(instanceId.hashCode(), LOCKS.size()));
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  private RecordState changed(String instanceId, UnaryOperator<RecordState> change) {
    for (int i = 0; i < TRIES; i++) {
      var held = one(instanceId);
      var before = held.state();
      var after = change.apply(before);
      if (after.equals(before) || write(held, after.withVersion(before.version() + 1))) {
        return after.equals(before) ? before : after.withVersion(before.version() + 1);
      }
    }
    throw new HostFaultException(
        "instance %s of host %s is changed by somebody else all the time"
            .formatted(instanceId, host));
  }

  /** Whether it is as written; false when somebody else was first. */
  private boolean write(InstanceContainers held, RecordState next) {
    var id = held.instanceId();
    if (held.records().isEmpty()) {
      create(id);
      return false;
    }
    var path =
        "/containers/%s/rename?name=%s"
            .formatted(held.records().getFirst().name(), prefix(id) + next.text());
    var answer = engine.post(path);
    if (answer.status() == 404 || answer.status() == 409 || answer.status() == 400) {
      return false;
    }
    engine.ok(answer, path);
    held.records().stream().skip(1).forEach(this::remove);
    return one(id).state().equals(next);
  }

  private void create(String instanceId) {
    var path = "/containers/create?name=" + prefix(instanceId) + RecordState.NEW.text();
    var body =
        Map.of(
            "Image",
            RECORD_IMAGE + ":1",
            "Cmd",
            List.of("never-runs"),
            "Labels",
            Map.of(
                ContainerLabels.HOST,
                host,
                ContainerLabels.INSTANCE,
                instanceId,
                ContainerLabels.KIND,
                "record"),
            "HostConfig",
            Map.of("NetworkMode", "none", "LogConfig", Map.of("Type", "none")));
    var answer = engine.post(path, body);
    if (answer.status() == 404) {
      makeImage();
      answer = engine.post(path, body);
    }
    // 409: somebody else has made it.
    if (answer.status() != 409) {
      engine.ok(answer, path);
    }
  }

  private void makeImage() {
    var path = "/images/create?fromSrc=-&tag=1&repo=" + DockerEngine.encoded(RECORD_IMAGE);
    engine.ok(engine.longCall(path, EMPTY_TAR, Map.of("Content-Type", "application/x-tar")), path);
  }

  void remove(EngineContainer container) {
    engine.delete("/containers/%s?force=true&v=true".formatted(container.id()));
  }

  /** The beginning of the names of all that a host has of an instance. */
  String prefix(String instanceId) {
    return "muster.%s.%s.".formatted(host, instanceId);
  }

  private static String label(String name, String value) {
    return name + "=" + value;
  }
}
