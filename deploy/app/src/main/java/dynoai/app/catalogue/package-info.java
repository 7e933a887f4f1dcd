/** The command {@code catalogue}. */
package dynoai.app.catalogue;
