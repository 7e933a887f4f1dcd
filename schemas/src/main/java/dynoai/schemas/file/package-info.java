/**
 * Files and paths: {@link dynoai.schemas.file.AtomicFile}, {@link dynoai.schemas.file.LockFile}, {@link
 * dynoai.schemas.file.SafePath} for every path from outside, and SHA-256.
 */
package dynoai.schemas.file;
