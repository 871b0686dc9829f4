package dev.muster.web.waiting;

/** So many callers wait already that one more is told to come back. */
public final class TooManyWaitersException extends RuntimeException {

  TooManyWaitersException(int atMost) {
    super("%d calls wait already".formatted(atMost));
  }
}
