/** API keys over HTTP. */
@NullMarked
package dev.muster.command.access.web;

import org.jspecify.annotations.NullMarked;
