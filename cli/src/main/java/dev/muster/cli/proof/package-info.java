/**
 * Checks what the audit log says of itself, offline: entries, the tree over them, signed
 * checkpoints, and the files that hold all of these. Written by the formats in docs/audit.md, and
 * knows nothing of the code that makes them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6962.html#section-2.1">RFC 6962, section 2.1</a>
 * @see <a href="https://c2sp.org/tlog-checkpoint">tlog-checkpoint</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8785.html">RFC 8785</a>
 */
@NullMarked
package dev.muster.cli.proof;

import org.jspecify.annotations.NullMarked;
