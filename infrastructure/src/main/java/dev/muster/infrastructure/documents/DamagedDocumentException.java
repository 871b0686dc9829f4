package dev.muster.infrastructure.documents;

/** A document in the file is not what was written: the disk, or somebody, has changed it. */
final class DamagedDocumentException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DamagedDocumentException(RuntimeException cause) {
    super("a document is not readable", cause);
  }
}
