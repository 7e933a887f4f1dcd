/** Commands that read run folders and their tables. */
package dynoai.app.run;
