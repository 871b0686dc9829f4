package dev.muster.worker.driver;

/** One instance, and the host that a contract test tries a driver on. */
interface HostDriverFixture {

  String instance();

  /** Another driver for the host of this test, as after a restart of the worker. */
  HostDriver open() throws Exception;

  /** One that has started the instance by task 1. */
  HostDriver started() throws Exception;

  Task task(long sequence, Action action);
}
