/** Commands that read logs: {@code analyze}, {@code batch} and {@code preflight}. */
package dynoai.app.analyze;
