package dev.muster.worker.driver;

/** What became of the wish for a shell on a host that works. A host that does not, throws. */
public sealed interface ShellResult {

  /** It runs; whoever asked for it ends it. */
  record Opened(Shell shell) implements ShellResult {}

  /** There is none to be had now; the reason is for the user to read. */
  record NoShell(String reason) implements ShellResult {}
}
