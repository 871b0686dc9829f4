package dev.muster.cli.proof;

/** JSON that has no canonical form; an entry has the hash of such data as they stand. */
final class NotCanonicalException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotCanonicalException(String why) {
    super(why, null, false, false);
  }
}
