package dev.muster.worker.driver.process;

import dev.muster.worker.driver.HostDriver;
import dev.muster.worker.driver.MachineProgramContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Where a platform of root runs each instance as a user of its own. */
class ProcessProgramTest extends MachineProgramContract {

  @TempDir Path data;

  // For others to pass.
  @BeforeEach
  void open_the_way() throws Exception {
    Files.setPosixFilePermissions(data, mode());
  }

  Set<PosixFilePermission> mode() {
    return PosixFilePermissions.fromString("rwx--x--x");
  }

  @Override
  protected HostDriver open(Duration stopTimeout) throws Exception {
    return new ProcessDriver("local", 10, root(), UserIds.DEFAULT, root(), stopTimeout);
  }

  @Override
  protected void tell(String file) throws Exception {
    Files.createFile(root().resolve(instance).resolve("work").resolve(file));
  }

  @AfterEach
  void endAll() throws Exception {
    ProcessHost.endAll(root());
  }

  private Path root() {
    return data.resolve("my hosts/local");
  }
}
