package dev.muster.worker.driver.process;

import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Where others cannot pass, a platform of root runs its instances as what it is itself. */
class UnisolatedProgramTest extends ProcessProgramTest {

  @Override
  Set<PosixFilePermission> mode() {
    return PosixFilePermissions.fromString("rwx------");
  }
}
