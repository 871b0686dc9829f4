/** What this service hears of API keys, and says of those it sees. */
@NullMarked
package dev.muster.command.keyring;

import org.jspecify.annotations.NullMarked;
