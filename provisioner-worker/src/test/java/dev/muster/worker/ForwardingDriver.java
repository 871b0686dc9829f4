package dev.muster.worker;

import dev.muster.events.health.HealthSample;
import dev.muster.worker.driver.ActionResult;
import dev.muster.worker.driver.HostDriver;
import dev.muster.worker.driver.HostFeatures;
import dev.muster.worker.driver.HostOutput;
import dev.muster.worker.driver.HostShells;
import dev.muster.worker.driver.Observation;
import dev.muster.worker.driver.Task;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A driver that leaves everything to another one. */
public abstract class ForwardingDriver implements HostDriver {

  private final HostDriver driver;

  protected ForwardingDriver(HostDriver driver) {
    this.driver = driver;
  }

  @Override
  public HostFeatures features() {
    return driver.features();
  }

  @Override
  public Optional<HostOutput> output() {
    return driver.output();
  }

  @Override
  public Optional<HostShells> shells() {
    return driver.shells();
  }

  @Override
  public List<String> notIsolated() {
    return driver.notIsolated();
  }

  @Override
  public ActionResult perform(Task task) throws InterruptedException {
    return driver.perform(task);
  }

  @Override
  public boolean knows(String instanceId) {
    return driver.knows(instanceId);
  }

  @Override
  public void fence(String instanceId, long sequence) {
    driver.fence(instanceId, sequence);
  }

  @Override
  public boolean keepsPaused(String instanceId) {
    return driver.keepsPaused(instanceId);
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
