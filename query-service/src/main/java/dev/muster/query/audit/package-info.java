/**
 * The audit log as it was sealed: its entries, the tree over them and the newest checkpoint, read
 * from one topic. Nothing here is made up: whoever doubts an answer can check it.
 */
@NullMarked
package dev.muster.query.audit;

import org.jspecify.annotations.NullMarked;
