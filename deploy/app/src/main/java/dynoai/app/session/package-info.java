/** Commands for the sessions of bikes. */
package dynoai.app.session;
