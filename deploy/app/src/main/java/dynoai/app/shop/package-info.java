/**
 * The command {@code shops}: the tokens and limits of shops. {@link dynoai.app.shop.ShopCommands} has its subcommands, {@code
 * TokenChanges} decides what changes, {@code ShopTopic} reads and writes.
 */
@NullMarked
package dynoai.app.shop;

import org.jspecify.annotations.NullMarked;
