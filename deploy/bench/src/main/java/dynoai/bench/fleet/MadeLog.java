package dynoai.bench.fleet;

import dynoai.schemas.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** A log to upload. Its name is also its run id. */
public final class MadeLog {
    private final String name;
    private final byte[] first;
    private final byte[] rest;
    private final String sha256;

    private MadeLog(String name, byte[] first, byte[] rest, String sha256) {
        this.name = name;
        this.first = first;
        this.rest = rest;
        this.sha256 = sha256;
    }

    /** Returns a log of these bytes. */
    public static MadeLog of(String name, byte[] bytes) {
        return new MadeLog(name, new byte[0], bytes, Sha256.hex(bytes));
    }

    /** Makes a log unlike all others: a comment line of its own, then rows that it shares with them. */
    public static MadeLog unique(String name, byte[] rest) {
        byte[] first = ("# " + name + "\n").getBytes(StandardCharsets.US_ASCII);
        MessageDigest digest = Sha256.digest();
        digest.update(first);
        digest.update(rest);
        return new MadeLog(name, first, rest, Sha256.hex(digest));
    }

    /** Returns a log that announces the hash of this one, and has other bytes. */
    MadeLog withOtherBytes() {
        byte[] other = rest.clone();
        other[0]++;
        return new MadeLog(name, first, other, sha256);
    }

    public String name() {
        return name;
    }

    int bytes() {
        return first.length + rest.length;
    }

    /** Sends it in one request. */
    public TlsClient.Answer post(TlsClient client, String token) throws IOException {
        String digest = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256));
        return client.send(
                "POST /v1/logs?name=" + name + ".csv&run_id=" + name + " HTTP/1.1\r\n" + authorization(token)
                        + "Content-Type: application/octet-stream\r\nContent-Digest: sha-256=:" + digest + ":\r\n",
                first,
                rest);
    }

    /** Sends it as a resumable upload. */
    public void upload(TlsClient client, String token, int partBytes) throws IOException {
        client.send("POST /v1/uploads HTTP/1.1\r\n" + authorization(token) + tus() + "Upload-Length: " + bytes()
                        + "\r\nUpload-Metadata: " + metadata() + "\r\n")
                .require(201);
        byte[] all = new byte[bytes()];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(rest, 0, all, first.length, rest.length);
        for (int from = 0; from < all.length; from += partBytes) {
            client.send(
                            "PATCH /v1/uploads/" + name + " HTTP/1.1\r\n" + authorization(token) + tus()
                                    + "Upload-Offset: " + from
                                    + "\r\nContent-Type: application/offset+octet-stream\r\n",
                            Arrays.copyOfRange(all, from, Math.min(all.length, from + partBytes)))
                    .require(204);
        }
    }

    /** What a resumable upload announces. */
    String metadata() {
        return "filename " + base64(name + ".csv") + ",sha256 " + base64(sha256) + ",run_id " + base64(name);
    }

    static String authorization(String token) {
        return "Authorization: Bearer " + token + "\r\n";
    }

    private static String tus() {
        return "Tus-Resumable: 1.0.0\r\n";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
