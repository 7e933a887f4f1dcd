package dynoai.intake.http;

import dynoai.schemas.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What a client learns about an exception. */
public final class Failures {
    private static final int RETRY_SECONDS = 5;

    private Failures() {}

    /** A step of serving a request. */
    @FunctionalInterface
    public interface Step<T> {
        T run() throws RequestException, IOException;
    }

    /** Runs a step and returns its result or its exception. */
    public static <T> CompletableFuture<T> completed(Step<T> step) {
        try {
            return CompletableFuture.completedFuture(step.run());
        } catch (RequestException | IOException | RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Runs a step that continues later, and returns its result or its exception. */
    public static <T> CompletionStage<T> composed(Step<? extends CompletionStage<T>> step) {
        try {
            return step.run();
        } catch (RequestException | IOException | RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Ends what another step began, also if that one failed. */
    @FunctionalInterface
    public interface End<S, T> {
        T run(@Nullable S value, @Nullable Throwable failure) throws RequestException, IOException;
    }

    /** Runs a last step after another one. */
    public static <S, T> CompletableFuture<T> ended(CompletionStage<S> stage, End<S, T> end) {
        CompletableFuture<T> result = new CompletableFuture<>();
        stage.whenComplete((value, failure) -> {
            try {
                result.complete(end.run(value, failure));
            } catch (RequestException | IOException | RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    /** Returns the code of a failed step; {@link ErrorCode#INTERNAL_ERROR} if it is not the client's fault. */
    public static ErrorCode codeOf(Throwable failure) {
        return explain(cause(failure)).code();
    }

    /** Throws the exception of a failed step, which had only these. */
    public static RuntimeException rethrown(Throwable failure) throws RequestException, IOException {
        Throwable cause = cause(failure);
        if (cause instanceof RequestException e) {
            throw e;
        }
        if (cause instanceof IOException e) {
            throw e;
        }
        return cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
    }

    /** Returns the exception itself, without the wrappers of futures. */
    static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Returns what the client learns. Details of failures that are not its own stay here. */
    static RequestException explain(Throwable cause) {
        if (cause instanceof RequestException known) {
            return known;
        }
        if (cause instanceof StoreUnavailableException) {
            return RequestException.later(
                    ErrorCode.UNAVAILABLE, "the store cannot be used at the moment", RETRY_SECONDS);
        }
        if (cause instanceof FileSystemException file && isFull(file)) {
            return new RequestException(ErrorCode.STORE_FULL, "the store is full");
        }
        return new RequestException(ErrorCode.INTERNAL_ERROR, "the intake failed; its log says why");
    }

    private static boolean isFull(FileSystemException e) {
        return String.valueOf(e.getReason()).contains("No space left");
    }
}
