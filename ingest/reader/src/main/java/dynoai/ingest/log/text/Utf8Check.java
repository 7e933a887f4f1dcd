package dynoai.ingest.log.text;

/** Incremental check for valid UTF-8, without stray or missing continuation, overlong form or surrogate. */
public final class Utf8Check {
    private int missing;
    private int min = 0x80;
    private int max = 0xBF;

    public boolean accepts(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
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
