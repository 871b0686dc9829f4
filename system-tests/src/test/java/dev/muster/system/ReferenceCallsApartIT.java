package dev.muster.system;

import java.nio.file.Path;

/** The same calls, with every service in processes of its own. */
class ReferenceCallsApartIT extends ReferenceCallsIT {

  @Override
  Deployment start(Path data) throws Exception {
    return Apart.start(data);
  }
}
