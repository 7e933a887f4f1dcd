package dynoai.intake.http;

/** How a body ended. */
public enum BodyEnd {
    /** All bytes arrived. */
    WHOLE,
    /** The connection was cut, or silent for too long. */
    CUT,
    /** It arrived more slowly than {@link HttpLimits#bytesPerSecond}, so it was stopped. */
    TOO_SLOW
}
