package dev.muster.worker.driver;

/** A host did not work as it should. Trying again may help. */
public final class HostFaultException extends RuntimeException {

  public HostFaultException(String message) {
    super(message);
  }

  public HostFaultException(String message, Throwable cause) {
    super(message, cause);
  }
}
