/** Topics read into the read store, with the positions kept beside what was read. */
@NullMarked
package dev.muster.query.feed;

import org.jspecify.annotations.NullMarked;
