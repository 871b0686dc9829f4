/** The calls to workers. */
@NullMarked
package dev.muster.command.worker.web;

import org.jspecify.annotations.NullMarked;
