package dynoai.app.console;

import java.util.ArrayList;
import java.util.List;

/** Wraps paragraphs for a terminal: each sentence begins a line, and a quoted column name stays on one line if it fits. */
final class WrappedText {
    static final String INDENT = "  ";
    private static final int MIN_WIDTH = 20;

    private final int width;
    private final List<String> lines = new ArrayList<>();
    private final StringBuilder line = new StringBuilder();

    private WrappedText(int width) {
        this.width = Math.max(MIN_WIDTH, width);
    }

    /** Returns the lines; all but the first are indented. */
    static List<String> lines(String text, int width) {
        WrappedText wrapped = new WrappedText(width);
        String before = "";
        for (String word : words(text)) {
            boolean newSentence = before.endsWith(".") && Character.isUpperCase(word.charAt(0));
            wrapped.add(word, newSentence);
            before = word;
        }
        wrapped.end();
        return wrapped.lines;
    }

    /** Returns the words; a name in single quotes is one word. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean afterGap = i == 0 || " (\"=".indexOf(text.charAt(i - 1)) >= 0;
            boolean beforeGap = i == text.length() - 1 || " ,.;:)".indexOf(text.charAt(i + 1)) >= 0;
            if (c == '\'' && !quoted && afterGap && text.indexOf('\'', i + 1) > 0) {
                quoted = true;
            } else if (c == '\'' && quoted && beforeGap) {
                quoted = false;
            }
            if (!Character.isWhitespace(c) || quoted) {
                word.append(c);
            } else if (word.length() > 0) {
                words.add(word.toString());
                word.setLength(0);
            }
        }
        if (word.length() > 0) {
            words.add(word.toString());
        }
        return words;
    }

    private void add(String word, boolean newSentence) {
        if (!line.isEmpty() && (newSentence || line.length() + 1 + word.length() > width)) {
            end();
        }
        if (line.isEmpty()) {
            line.append(lines.isEmpty() ? "" : INDENT).append(word);
        } else {
            line.append(' ').append(word);
        }
    }

    private void end() {
        if (!line.isEmpty()) {
            lines.add(line.toString());
            line.setLength(0);
        }
    }
}
