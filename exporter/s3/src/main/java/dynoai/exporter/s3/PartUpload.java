package dynoai.exporter.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Sends a large file in parts. The object appears when the last request completes it, unless there is one already. */
final class PartUpload {
    private final S3Client client;
    private final String bucket;
    private final String key;
    private final List<CompletedPart> parts = new ArrayList<>();
    private String id = "";

    PartUpload(S3Client client, String bucket, String key) {
        this.client = client;
        this.bucket = bucket;
        this.key = key;
    }

    /** Sends a request and maps its failure. If the precondition does not hold, the object exists. */
    @FunctionalInterface
    interface Sender {
        void send(Runnable request) throws IOException;
    }

    void send(Path file, Sender sender) throws IOException {
        sender.send(() -> id = client.createMultipartUpload(
                        create -> create.bucket(bucket).key(key))
                .uploadId());
        boolean completed = false;
        try (InputStream in = Files.newInputStream(file)) {
            for (byte[] part = in.readNBytes(Bucket.PART_BYTES);
                    part.length > 0;
                    part = in.readNBytes(Bucket.PART_BYTES)) {
                byte[] bytes = part;
                int number = parts.size() + 1;
                sender.send(() -> {
                    String version = client.uploadPart(
                                    upload -> upload.bucket(bucket)
                                            .key(key)
                                            .uploadId(id)
                                            .partNumber(number)
                                            .contentMD5(Md5.of(bytes)),
                                    RequestBody.fromBytes(bytes))
                            .eTag();
                    parts.add(CompletedPart.builder()
                            .partNumber(number)
                            .eTag(version)
                            .build());
                });
            }
            sender.send(() -> client.completeMultipartUpload(complete -> complete.bucket(bucket)
                    .key(key)
                    .uploadId(id)
                    .ifNoneMatch("*")
                    .multipartUpload(list -> list.parts(parts))));
            completed = true;
        } finally {
            if (!completed) {
                abort();
            }
        }
    }

    private void abort() {
        try {
            client.abortMultipartUpload(abort -> abort.bucket(bucket).key(key).uploadId(id));
        } catch (SdkException ignored) {
            // A rule of the bucket removes parts of uploads that were never completed.
        }
    }
}
