/** Documents in a file, under the commands of MongoDB. */
@NullMarked
package dev.muster.infrastructure.documents;

import org.jspecify.annotations.NullMarked;
