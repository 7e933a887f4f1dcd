package dynoai.ingest.log.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Incremental check for valid UTF-8, without stray or missing continuation, overlong form or surrogate. */
public final class Utf8Check {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGHS = 0x8080808080808080L;

    private int missing;
    private int min = 0x80;
    private int max = 0xBF;

    public boolean accepts(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (missing == 0) {
                i = afterAscii(bytes, i, length);
                if (i == length) {
                    return true;
                }
            }
            int b = bytes[i] & 0xFF;
            if (missing > 0) {
                if (b < min || b > max) {
                    return false;
                }
                missing--;
                min = 0x80;
                max = 0xBF;
            } else if (b >= 0x80 && !begin(b)) {
                return false;
            }
        }
        return true;
    }

    /** Skips ASCII eight bytes at a time; the index that it returns may be up to seven too low. */
    private static int afterAscii(byte[] bytes, int from, int to) {
        int at = from;
        while (at + Long.BYTES <= to && ((long) LONG.get(bytes, at) & HIGHS) == 0) {
            at += Long.BYTES;
        }
        return at;
    }

    public boolean isComplete() {
        return missing == 0;
    }

    private boolean begin(int b) {
        if (b >= 0xC2 && b <= 0xDF) {
            missing = 1;
        } else if (b >= 0xE0 && b <= 0xEF) {
            missing = 2;
            min = b == 0xE0 ? 0xA0 : 0x80;
            max = b == 0xED ? 0x9F : 0xBF;
        } else if (b >= 0xF0 && b <= 0xF4) {
            missing = 3;
            min = b == 0xF0 ? 0x90 : 0x80;
            max = b == 0xF4 ? 0x8F : 0xBF;
        } else {
            return false;
        }
        return true;
    }
}
