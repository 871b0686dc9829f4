package dev.muster.worker.fleet;

/** Another live worker goes by the name of this one. */
public final class NameInUseException extends RuntimeException {

  NameInUseException(String name) {
    super(
        "worker name '%s' is in use by another live worker; give this one another --name"
            .formatted(name));
  }
}
