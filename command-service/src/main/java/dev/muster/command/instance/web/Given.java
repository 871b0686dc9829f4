package dev.muster.command.instance.web;

import java.util.OptionalLong;

/**
 * The ids that a call works with.
 *
 * @param since when the call may have been made before: the version of the instance when the ids
 *     were made, after which its events, if any, are found
 */
record Given(String instanceId, String operationId, OptionalLong since) {}
