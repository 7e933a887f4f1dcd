/**
 * What is served. {@link dynoai.dashboard.api.Pages} maps addresses to the page's files and to
 * {@link dynoai.dashboard.api.Api}, whose answers {@code openapi.json} describes.
 */
package dynoai.dashboard.api;
