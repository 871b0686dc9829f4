package dev.muster.worker.driver;

/** What became of a {@link Task} on a host that works. A host that does not, throws. */
public sealed interface ActionResult {

  /** The host is as the task wants it. */
  record Done() implements ActionResult {}

  /** The host will not do it, however often it is asked; the reason is for the user to read. */
  record Refused(String reason) implements ActionResult {}

  /** A later task of the instance came first; nothing was done. */
  record Superseded() implements ActionResult {}
}
