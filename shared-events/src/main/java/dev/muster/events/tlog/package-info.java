/**
 * Transparency logs as C2SP describes them: a Merkle tree over entries, and notes that are signed
 * over it. Knows nothing of what the entries say.
 *
 * @see <a href="https://c2sp.org/tlog-tiles">tlog-tiles</a>
 * @see <a href="https://c2sp.org/tlog-checkpoint">tlog-checkpoint</a>
 * @see <a href="https://c2sp.org/signed-note">signed-note</a>
 */
@NullMarked
package dev.muster.events.tlog;

import org.jspecify.annotations.NullMarked;
