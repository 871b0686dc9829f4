package dev.muster.worker.driver.process;

import static dev.muster.worker.driver.process.HostAction.onFiles;

import dev.muster.worker.driver.HostOutput;
import dev.muster.worker.driver.Output;
import java.util.List;
import java.util.Optional;

/** What processes print, as workers take it. */
record ProcessOutput(InstanceOutputs outputs) implements HostOutput {

  @Override
  public List<String> printing() {
    return onFiles(outputs::printing);
  }

  @Override
  public Optional<Output> untaken(String instanceId, int atMost) {
    return onFiles(() -> outputs.untaken(instanceId, atMost));
  }

  @Override
  public void taken(Output output, int count) {
    onFiles(
        () -> {
          outputs.taken(output, count);
          return true;
        });
  }

  @Override
  public List<String> havePrinted() {
    return onFiles(outputs::havePrinted);
  }

  @Override
  public Optional<Output> takenBefore(String instanceId, int atMost) {
    return onFiles(() -> outputs.takenBefore(instanceId, atMost));
  }
}
