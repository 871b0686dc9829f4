package dev.muster.command.idempotency.web;

import java.util.OptionalLong;

/**
 * The ids that a call works with.
 *
 * @param targetId the instance, key, worker or letter that it is about
 * @param since when the call may have been made before: the version of the target when the ids were
 *     made, after which its events, if any, are found
 */
public record IdempotentIds(String targetId, String operationId, OptionalLong since) {}
