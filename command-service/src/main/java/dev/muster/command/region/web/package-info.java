/** The calls to hosts. */
@NullMarked
package dev.muster.command.region.web;

import org.jspecify.annotations.NullMarked;
