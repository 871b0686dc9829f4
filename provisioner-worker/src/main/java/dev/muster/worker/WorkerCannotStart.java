package dev.muster.worker;

/**
 * Published in the application context when the worker found out, after it was started, that it
 * cannot work as it is configured. It takes no tasks; waiting does not help.
 *
 * @param problem one line that says what is wrong and what to do
 */
public record WorkerCannotStart(String problem) {}
