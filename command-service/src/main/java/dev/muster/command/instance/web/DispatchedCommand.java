package dev.muster.command.instance.web;

import dev.muster.command.instance.Decision.Accepted;
import dev.muster.command.instance.Decision.Joined;
import dev.muster.command.instance.InstanceCommand.Ask;
import dev.muster.command.instance.Reply;

/**
 * A command that was given, and what the aggregate said.
 *
 * @param since the version of the instance when its ids were made; 0 when it was given for the
 *     first time
 */
record DispatchedCommand(Ask command, Reply reply, long since) {

  /** The operation that it began or joined. */
  String operationId() {
    return reply.decision() instanceof Joined(var operationId)
        ? operationId
        : command.operationId();
  }

  /** Whether it was this very call that began it; otherwise all may have happened long ago. */
  boolean isNew() {
    return reply.decision() instanceof Accepted;
  }

  /** A version of the instance before which the operation did not end. */
  long version() {
    return Math.max(reply.version(), since);
  }
}
