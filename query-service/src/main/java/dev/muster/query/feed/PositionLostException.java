package dev.muster.query.feed;

/** Another feed took the partitions over, or the store came back without their positions. */
final class PositionLostException extends RuntimeException {

  PositionLostException(String message) {
    super(message);
  }
}
