package dev.muster.worker;

import dev.muster.worker.driver.ActionResult;
import dev.muster.worker.driver.HostDriver;
import dev.muster.worker.driver.HostFaultException;
import dev.muster.worker.driver.Task;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A driver whose tasks wait at gates, or fail, as a test wants it. */
public final class GatedDriver extends ForwardingDriver {

  private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> waiting = new ConcurrentHashMap<>();
  private final AtomicInteger failures = new AtomicInteger();

  public GatedDriver(HostDriver driver) {
    super(driver);
  }

  public void shut(String instanceId) {
    gates.put(instanceId, new CountDownLatch(1));
  }

  public void openAll() {
    gates.values().forEach(CountDownLatch::countDown);
  }

  public int waiting(String instanceId) {
    return waiting.getOrDefault(instanceId, new AtomicInteger()).get();
  }

  public void failNext(int times) {
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
    return super.perform(task);
  }
}
