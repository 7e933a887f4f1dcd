package dynoai.ingest.folder.claim;

import dynoai.schemas.file.AtomicFile;
import dynoai.schemas.file.HmacKey;
import dynoai.schemas.file.SecretFile;
import dynoai.schemas.file.SmallFile;
import dynoai.schemas.file.UnsuitableFileException;
import dynoai.schemas.record.RunSigner;
import dynoai.schemas.store.ContentStore;
import dynoai.schemas.store.StoreUnavailableException;
import dynoai.schemas.yaml.Yaml;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Signs claims with HMAC-SHA256, since all who drop logs may write next to them. The key is in the log store, which
 * all ingests that may take over each other's claims share, and which is outside the drop folder.
 */
public final class ClaimKey {
    static final int MAX_CLAIM_BYTES = 256 << 10;

    private static final String FIELD = "signature";
    private static final int LINE_BYTES = line(new byte[32]).length;

    private final HmacKey key;

    private ClaimKey(String secret) {
        this.key = new HmacKey(secret);
    }

    /**
     * Reads the key of a store. A store without a key gets one, with which the claims in the work folder are signed first: their
     * store was deleted, or an earlier version made them.
     */
    public static ClaimKey open(ContentStore store, Path work) throws IOException {
        Optional<ClaimKey> existing = find(store);
        if (existing.isPresent()) {
            return existing.get();
        }
        String secret = SecretFile.newSecret();
        ClaimKey key = new ClaimKey(secret);
        key.signAll(work);
        if (store.create(ContentStore.Text.KEY, secret)) {
            return key;
        }
        ClaimKey ofOther = find(store)
                .orElseThrow(
                        () -> new StoreUnavailableException("the key was just removed from " + store.location(), null));
        ofOther.signAll(work);
        return ofOther;
    }

    private void signAll(Path work) throws IOException {
        for (Path folder : Claims.folders(work)) {
            Path file = folder.resolve(Claims.FILE);
            Optional<Claim> claim =
                    Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) ? readUnverified(file) : Optional.empty();
            if (claim.isPresent() && folder.endsWith(claim.get().runId())) {
                AtomicFile.write(file, sign(claim.get()));
                // A run that was sent with a signature of the lost key has no valid outcome, so it is resent.
                Files.deleteIfExists(folder.resolve(Claims.RECEIPT));
            }
        }
    }

    /** Returns the key of a store that has one. */
    public static Optional<ClaimKey> find(ContentStore store) throws IOException {
        return store.find(ContentStore.Text.KEY).map(ClaimKey::new);
    }

    /**
     * Returns what signs the starts of runs with this key.
     *
     * @param storeId id of the store that has the key
     */
    public RunSigner runSigner(String storeId) {
        return new RunSigner(key, storeId);
    }

    /**
     * A claim as it was read.
     *
     * @param signed whether it has a signature of this key; claims of versions before 1.1 have none
     */
    public record Read(Claim claim, boolean signed) {}

    /** Returns the content of {@code run.yaml}: the claim, and as its last line the signature of everything before. */
    public byte[] sign(Claim claim) {
        byte[] body = Yaml.write(claim.toMap());
        ByteArrayOutputStream signed = new ByteArrayOutputStream(body.length + LINE_BYTES);
        signed.writeBytes(body);
        signed.writeBytes(line(key.sign(body)));
        return signed.toByteArray();
    }

    /**
     * Reads a claim.
     *
     * @throws ForeignClaimException if it is not a claim, or has a signature of another key
     */
    public Read read(Path file) throws IOException, ForeignClaimException {
        byte[] bytes;
        try {
            bytes = bytes(file);
        } catch (UnsuitableFileException e) {
            throw new ForeignClaimException("its run.yaml " + e.getReason());
        }
        Map<String, @Nullable Object> map;
        Claim claim;
        try {
            map = Yaml.readMapping(file, bytes);
            claim = Claim.ofMap(map);
        } catch (IOException | IllegalArgumentException e) {
            throw new ForeignClaimException("its run.yaml is not a claim: " + Claim.bounded(e.getMessage()));
        }
        if (map.containsKey(FIELD) && !isSigned(bytes)) {
            throw new ForeignClaimException("its run.yaml was not written by an ingest that uses this store");
        }
        return new Read(claim, map.containsKey(FIELD));
    }

    /** Reads a claim, signed or not; empty when the file cannot be read or is not a claim. */
    public static Optional<Claim> readUnverified(Path file) {
        try {
            return Optional.of(Claim.ofMap(Yaml.readMapping(file, bytes(file))));
        } catch (IOException | IllegalArgumentException ignored) {
            return Optional.empty();
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        return SmallFile.read(file, MAX_CLAIM_BYTES, LinkOption.NOFOLLOW_LINKS);
    }

    private boolean isSigned(byte[] bytes) {
        int end = Math.max(0, bytes.length - LINE_BYTES);
        byte[] expected = line(key.sign(Arrays.copyOf(bytes, end)));
        return MessageDigest.isEqual(expected, Arrays.copyOfRange(bytes, end, bytes.length));
    }

    private static byte[] line(byte[] hmac) {
        return (FIELD + ": \"" + HexFormat.of().formatHex(hmac) + "\"\n").getBytes(StandardCharsets.US_ASCII);
    }
}
