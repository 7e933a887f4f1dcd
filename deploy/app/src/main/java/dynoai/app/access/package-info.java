/** The tokens and limits of shops, as commands read and write them. */
@NullMarked
package dynoai.app.access;

import org.jspecify.annotations.NullMarked;
