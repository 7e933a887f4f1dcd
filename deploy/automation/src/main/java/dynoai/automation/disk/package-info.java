/** Files that appear whole or not at all: {@link dynoai.automation.disk.WholeFile}. */
package dynoai.automation.disk;
