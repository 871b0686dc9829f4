/** API keys over HTTP. */
@NullMarked
package dev.muster.query.key.web;

import org.jspecify.annotations.NullMarked;
