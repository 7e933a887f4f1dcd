/**
 * Logs and runs in an S3 bucket. {@link dynoai.exporter.s3.S3Storage} is the way in; {@link dynoai.exporter.s3.Bucket} has all
 * requests.
 */
@NullMarked
package dynoai.exporter.s3;

import org.jspecify.annotations.NullMarked;
