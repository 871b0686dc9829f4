package dev.muster.command.idempotency.web;

/** A body with something in it that is never kept, and so is not said again. */
public interface SecretBody {

  /** The body without it. */
  Object forLater();
}
