/** API keys: what this service hears of them, and says of those it sees. */
@NullMarked
package dev.muster.query.key;

import org.jspecify.annotations.NullMarked;
