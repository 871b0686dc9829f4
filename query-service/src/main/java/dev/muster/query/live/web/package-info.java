/** Streams of events over HTTP. */
@NullMarked
package dev.muster.query.live.web;

import org.jspecify.annotations.NullMarked;
