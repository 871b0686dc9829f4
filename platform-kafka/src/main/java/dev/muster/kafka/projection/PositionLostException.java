package dev.muster.kafka.projection;

/** Another feed took the partitions over, or the store came back without their positions. */
public final class PositionLostException extends RuntimeException {

  public PositionLostException(String message) {
    super(message);
  }
}
