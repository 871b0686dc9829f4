package dev.muster.command.repeat.web;

/** A body with something in it that is never kept, and so is not said again. */
public interface SecretBody {

  /** The body without it. */
  Object forLater();
}
