package dynoai.ingest.log;

/** Whether bytes, given piece by piece, are valid UTF-8: no stray or missing continuation, overlong form or surrogate. */
final class Utf8Check {
    private int missing;
    private int least = 0x80;
    private int greatest = 0xBF;

    boolean accepts(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            int b = bytes[i] & 0xFF;
            if (missing > 0) {
                if (b < least || b > greatest) {
                    return false;
                }
                missing--;
                least = 0x80;
                greatest = 0xBF;
            } else if (b >= 0x80 && !begin(b)) {
                return false;
            }
        }
        return true;
    }

    boolean isComplete() {
        return missing == 0;
    }

    private boolean begin(int b) {
        if (b >= 0xC2 && b <= 0xDF) {
            missing = 1;
        } else if (b >= 0xE0 && b <= 0xEF) {
            missing = 2;
            least = b == 0xE0 ? 0xA0 : 0x80;
            greatest = b == 0xED ? 0x9F : 0xBF;
        } else if (b >= 0xF0 && b <= 0xF4) {
            missing = 3;
            least = b == 0xF0 ? 0x90 : 0x80;
            greatest = b == 0xF4 ? 0x8F : 0xBF;
        } else {
            return false;
        }
        return true;
    }
}
