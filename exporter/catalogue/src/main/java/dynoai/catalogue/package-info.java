/**
 * The runs in a database: a read model that can be made again at any time. Start with {@link dynoai.catalogue.Catalogue}.
 */
package dynoai.catalogue;
