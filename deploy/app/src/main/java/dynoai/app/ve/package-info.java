/** Commands that apply corrections to VE tables and convert VE tables. */
package dynoai.app.ve;
