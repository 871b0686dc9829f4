package dev.muster.web.waiting;

/** So many callers wait already that one more is told to come back. */
public final class TooManyWaitException extends RuntimeException {

  TooManyWaitException(int atMost) {
    super("%d calls wait already".formatted(atMost));
  }
}
