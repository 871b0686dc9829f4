package dev.muster.query.shell;

import dev.muster.events.worker.ShellAddress;

/** A live worker that lets callers into instances, and where. */
public record Gateway(String worker, ShellAddress address) {}
