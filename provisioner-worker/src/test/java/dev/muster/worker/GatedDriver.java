package dev.muster.worker;

import dev.muster.worker.driver.ActionResult;
import dev.muster.worker.driver.HostDriver;
import dev.muster.worker.driver.HostFaultException;
import dev.muster.worker.driver.Task;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A driver whose tasks wait at gates, or fail, as a test wants it. */
public final class GatedDriver extends ForwardingDriver {

  private final Map<String, Long> fences = new ConcurrentHashMap<>();
  private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> waiting = new ConcurrentHashMap<>();
  private final AtomicInteger failures = new AtomicInteger();
  private volatile Supplier<? extends Throwable> failure = () -> new HostFaultException("");

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

  /** The newest fence that the instance was given; 0 for none. */
  public long fence(String instanceId) {
    return fences.getOrDefault(instanceId, 0L);
  }

  @Override
  public void fence(String instanceId, long sequence) {
    fences.put(instanceId, sequence);
    super.fence(instanceId, sequence);
  }

  public void failNext(int times) {
    failNext(times, () -> new HostFaultException("out of order"));
  }

  /**
   * @param failure a {@link RuntimeException} or an {@link Error}
   */
  public void failNext(int times, Supplier<? extends Throwable> failure) {
    this.failure = failure;
    failures.set(times);
  }

  private static RuntimeException thrown(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return (RuntimeException) failure;
  }

  @Override
  public ActionResult perform(Task task) throws InterruptedException {
    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw thrown(failure.get());
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
