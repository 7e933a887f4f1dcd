/** Labels of metrics that several stages use. */
package dynoai.schemas.meter;
