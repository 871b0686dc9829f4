/** Dead letters over HTTP. */
@NullMarked
package dev.muster.query.deadletter.web;

import org.jspecify.annotations.NullMarked;
