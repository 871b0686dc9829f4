package dev.muster.worker.inbox;

import dev.muster.events.health.HealthSample;
import dev.muster.worker.driver.ActionResult;
import dev.muster.worker.driver.HostDriver;
import dev.muster.worker.driver.HostFaultException;
import dev.muster.worker.driver.Observation;
import dev.muster.worker.driver.Task;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A driver whose tasks wait at gates, or fail, as a test wants it. */
final class GatedDriver implements HostDriver {

  private final HostDriver driver;
  private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> waiting = new ConcurrentHashMap<>();
  private final AtomicInteger failures = new AtomicInteger();

  GatedDriver(HostDriver driver) {
    this.driver = driver;
  }

  void shut(String instanceId) {
    gates.put(instanceId, new CountDownLatch(1));
  }

  void openAll() {
    gates.values().forEach(CountDownLatch::countDown);
  }

  int waiting(String instanceId) {
    return waiting.getOrDefault(instanceId, new AtomicInteger()).get();
  }

  void failNext(int times) {
    failures.set(times);
  }

  @Override
  public ActionResult perform(Task task) throws InterruptedException {
    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new HostFaultException("out of order");
    }
    var gate = gates.get(task.instanceId());
    if (gate != null) {
      var count = waiting.computeIfAbsent(task.instanceId(), _ -> new AtomicInteger());
      count.incrementAndGet();
      gate.await();
      count.decrementAndGet();
    }
    return driver.perform(task);
  }

  @Override
  public boolean knows(String instanceId) {
    return driver.knows(instanceId);
  }

  @Override
  public int load() {
    return driver.load();
  }

  @Override
  public void startReported(String instanceId, String runId) throws InterruptedException {
    driver.startReported(instanceId, runId);
  }

  @Override
  public List<Observation> observe() {
    return driver.observe();
  }

  @Override
  public void endReported(String instanceId, String runId) throws InterruptedException {
    driver.endReported(instanceId, runId);
  }

  @Override
  public List<HealthSample> sample(Collection<String> instanceIds) {
    return driver.sample(instanceIds);
  }

  @Override
  public void reconcile() throws InterruptedException {
    driver.reconcile();
  }
}
