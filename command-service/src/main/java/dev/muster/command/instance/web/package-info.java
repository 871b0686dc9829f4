/** The HTTP calls that change an instance. */
@NullMarked
package dev.muster.command.instance.web;

import org.jspecify.annotations.NullMarked;
