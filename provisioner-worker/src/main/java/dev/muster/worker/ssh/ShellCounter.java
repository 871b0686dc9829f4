package dev.muster.worker.ssh;

/** Is told of connections that were closed because too many had not logged in. */
public interface ShellCounter {

  ShellCounter NONE = () -> {};

  void dropped();
}
