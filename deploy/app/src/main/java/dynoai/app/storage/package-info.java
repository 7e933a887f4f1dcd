/**
 * Where a command keeps or finds logs and runs: {@link dynoai.app.storage.StorageLocation} is a folder or an address, {@link
 * dynoai.app.storage.StorageModule} finds what opens addresses.
 */
package dynoai.app.storage;
