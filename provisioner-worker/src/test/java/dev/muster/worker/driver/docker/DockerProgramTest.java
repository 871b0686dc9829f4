package dev.muster.worker.driver.docker;

import dev.muster.worker.driver.HostDriver;
import dev.muster.worker.driver.HostLimits;
import dev.muster.worker.driver.ProgramContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

/** What every driver that runs programs promises, on a Docker Engine. */
class DockerProgramTest extends ProgramContract {

  private final TestEngine engine = TestEngine.open();
  private final DockerHost host =
      new DockerHost(
          engine, "test-" + Long.toHexString(System.nanoTime()), instance, HostLimits.NONE);

  @AfterEach
  void leave_nothing() {
    host.close();
  }

  @Override
  protected HostDriver open(Duration stopTimeout) {
    return new DockerDriver(host.name(), 10, engine.url(), HostLimits.NONE, stopTimeout);
  }

  @Override
  protected String image() {
    return TestEngine.IMAGE;
  }

  // The image of the tests says that programs begin in /tmp.
  @Override
  protected void tell(String file) throws Exception {
    host.exec("touch /tmp/" + file);
  }
}
