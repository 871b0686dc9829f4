/** {@code GET /api/instances/:id/ssh}. */
@NullMarked
package dev.muster.query.shell.web;

import org.jspecify.annotations.NullMarked;
