/** Makes the contract's document of the code, and holds both to each other. */
@NullMarked
package dev.muster.standalone.contract;

import org.jspecify.annotations.NullMarked;
