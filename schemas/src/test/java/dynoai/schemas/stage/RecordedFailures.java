package dynoai.schemas.stage;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records the retries and bugs of a stage as texts. */
public class RecordedFailures implements StageEvents {
    private final List<String> texts = new CopyOnWriteArrayList<>();

    public List<String> texts() {
        return texts;
    }

    @Override
    public void transientFailure(String where, Exception cause) {
        texts.add("retry " + where);
    }

    @Override
    public void failed(String stage, Throwable bug) {
        texts.add("bug in " + stage + ": " + bug.getMessage());
    }
}
