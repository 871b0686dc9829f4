/** Topics projected into a store that keeps the positions beside what was read. */
@NullMarked
package dev.muster.kafka.projection;

import org.jspecify.annotations.NullMarked;
