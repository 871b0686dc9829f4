package dev.muster.worker.driver;

/**
 * One thing to do on a host.
 *
 * @param operationId names the run, when the action starts one
 * @param sequence place of the event that asked for it in the history of its instance. It fences: a
 *     host that has seen a higher one does nothing, and an equal one is a redelivery
 */
public record Task(String instanceId, String operationId, long sequence, Action action) {}
