/** Calls that are made again under a key of their caller's, over HTTP. */
@NullMarked
package dev.muster.command.idempotency.web;

import org.jspecify.annotations.NullMarked;
